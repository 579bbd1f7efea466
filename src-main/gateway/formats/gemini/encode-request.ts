// A neutral request as a Gemini one.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { defined } from '../../model/json.ts';
import { budgetOf, effortFor } from '../../model/reasoning/effort.ts';
import type { Request, Tool, ToolChoice } from '../../model/request.ts';
import { toGoogleSchema } from '../../model/schemas/google.ts';
import type { EncodeRequestContext, Target } from '../format.ts';
import { withAllowedOnly } from '../shared/allowed-tools.ts';
import { reportSearchLimits, searchLimits } from '../shared/built-in-tools.ts';
import { thinksInLevels } from '../shared/google-signatures.ts';
import { samplingFor } from '../shared/sampling.ts';
import { stopsWithin } from '../shared/stop-sequences.ts';
import { geminiTools } from './built-in-tools.ts';
import { writeContents } from './encode-contents.ts';
import { writeModalities } from './modalities.ts';

export function encodeGeminiRequest(request: Request, { target, dropped }: EncodeRequestContext): JsonObject {
  // Only a forced choice can name several functions here.
  const { tools, toolChoice } =
    request.toolChoice?.kind === 'allowed' && !request.toolChoice.required ? withAllowedOnly(request) : request;
  const system = request.system.filter(({ text }) => text.trim() !== '').map(({ text }) => ({ text }));
  const config = generationConfig(request, target, dropped);
  const written = writeTools(tools, dropped);
  return defined({
    contents: writeContents(request.turns, { signaturesNeeded: thinksInLevels(target.facts), dropped }),
    systemInstruction: system.length === 0 ? undefined : { parts: system },
    tools: written.length === 0 ? undefined : written,
    toolConfig: tools.some(({ kind }) => kind !== 'built-in') ? writeChoice(toolChoice) : undefined,
    generationConfig: Object.keys(config).length === 0 ? undefined : config,
  });
}

function generationConfig(request: Request, target: Target, dropped: DroppedFields): JsonObject {
  const output = outputBeside(request, target, dropped);
  const thinkingConfig = writeThinking(request, target, dropped);
  const sampling = samplingFor(request.sampling, target.facts, undefined, dropped);
  return defined({
    temperature: sampling.temperature,
    topP: sampling.topP,
    topK: sampling.topK,
    maxOutputTokens: request.maxTokens,
    stopSequences: stopsWithin(request.stop, 5, dropped),
    seed: sampling.seed,
    responseLogprobs: request.logProbabilities && true,
    logprobs: request.logProbabilities?.top || undefined,
    ...writeModalities(request, target, dropped),
    presencePenalty: sampling.presencePenalty,
    frequencyPenalty: sampling.frequencyPenalty,
    responseMimeType: output === undefined ? undefined : 'application/json',
    responseJsonSchema:
      output?.kind === 'schema' ? toGoogleSchema(output.schema, 'response_format', dropped) : undefined,
    thinkingConfig,
  });
}

/** Older models take either functions or a form of the answer. */
function outputBeside({ output, tools }: Request, { facts }: Target, dropped: DroppedFields): Request['output'] {
  if (output === undefined || facts.structuredOutputWithTools !== false || tools.length === 0) return output;
  dropped.add('warn', 'response_format', 'this model does not combine structured output with tools');
  return undefined;
}

function writeThinking({ thinking }: Request, { facts }: Target, dropped: DroppedFields): JsonObject | undefined {
  if (thinking === undefined) return undefined;
  if (facts.reasoning === false) {
    if (thinking.mode !== 'off') dropped.add('info', 'thinking', 'this model does not think');
    return undefined;
  }
  const includeThoughts = thinking.show !== false;
  if (thinksInLevels(facts)) {
    const thinkingLevel = effortFor(thinking, facts, dropped)?.toUpperCase();
    return thinking.mode === 'off' ? { thinkingLevel } : defined({ thinkingLevel, includeThoughts });
  }
  const range = facts.thinkingBudget;
  if (thinking.mode === 'off') return { thinkingBudget: range && !range.zero ? range.min : 0 };
  if (thinking.mode === 'adaptive' && thinking.effort === undefined) return { thinkingBudget: -1, includeThoughts };
  // Of a model we know nothing about, only a number the client chose itself is passed on.
  return defined({
    thinkingBudget: range || thinking.budget !== undefined ? budgetOf(thinking, range) : undefined,
    includeThoughts,
  });
}

function writeTools(tools: readonly Tool[], dropped: DroppedFields): readonly JsonObject[] {
  const functions = tools.filter((tool) => tool.kind !== 'built-in');
  const others = tools.filter((tool) => tool.kind === 'built-in');
  if (functions.length === 0) {
    for (const tool of others) reportSearchLimits(searchLimits(tool), [], dropped);
    return others.map(({ name }) => geminiTools.get(name) ?? {});
  }
  if (others.length > 0)
    dropped.add(
      'warn',
      'tools',
      'Gemini does not combine its own tools with functions; only the functions are offered',
    );
  return [{ functionDeclarations: functions.map((tool) => declaration(tool, dropped)) }];
}

function declaration(tool: Tool, dropped: DroppedFields): JsonObject {
  const { name } = tool;
  const schema =
    tool.kind === 'function' && tool.schema ? toGoogleSchema(tool.schema, `tools.${name}`, dropped) : undefined;
  return defined({
    name,
    description: tool.kind === 'built-in' ? undefined : tool.description,
    parametersJsonSchema: schema,
  });
}

function writeChoice(choice: ToolChoice | undefined): JsonObject | undefined {
  if (choice === undefined) return undefined;
  if (choice.kind === 'tool')
    return { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [choice.tool.name] } };
  if (choice.kind === 'allowed')
    return { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: choice.tools.map(({ name }) => name) } };
  return { functionCallingConfig: { mode: choice.kind.toUpperCase() } };
}
