// A neutral request as a Responses one.

import type { JsonObject } from '../../../../src-shared/json.ts';
import { effortOf, nearestEffort } from '../../model/effort.ts';
import { defined } from '../../model/json.ts';
import type { Request, Tool, ToolChoice } from '../../model/request.ts';
import { shortened } from '../../model/tool-names.ts';
import type { EncodeRequestContext, Target } from '../format.ts';
import { responsesTools } from './built-in-tools.ts';
import { writeItems } from './encode-items.ts';

/** The service rejects lower limits. */
const leastOutput = 16;

/** Models that think; others reject being asked for encrypted reasoning. */
const thinkingModel = /^(gpt-[5-9]|o\d|codex)/;

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'];

export function encodeResponsesRequest(request: Request, { target, dropped }: EncodeRequestContext): JsonObject {
  const system = request.system
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
  const { tools, sampling, maxTokens } = request;
  if (maxTokens !== undefined && maxTokens < leastOutput)
    dropped.add('info', 'max_output_tokens', `raised to ${leastOutput}, the least that is accepted`);
  const format = writeFormat(request.output);
  const text = defined({ format, verbosity: request.verbosity });
  return defined({
    model: target.model,
    instructions: system === '' ? undefined : system,
    input: writeItems(request.turns, dropped),
    stream: target.stream || undefined,
    tools: tools.length === 0 ? undefined : tools.map(writeTool),
    tool_choice: tools.length === 0 ? undefined : writeChoice(request.toolChoice, tools),
    parallel_tool_calls: tools.length === 0 ? undefined : request.parallelTools,
    max_output_tokens: maxTokens === undefined ? undefined : Math.max(maxTokens, leastOutput),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    reasoning: writeReasoning(request, target),
    text: Object.keys(text).length === 0 ? undefined : text,
    user: request.user && shortened(request.user),
    prompt_cache_key: request.cacheKey ?? (request.session && shortened(request.session)),
    service_tier: request.tier,
    metadata: request.metadata,
    store: false,
    include: thinkingModel.test(target.model) ? ['reasoning.encrypted_content'] : undefined,
  });
}

function writeReasoning({ thinking }: Request, target: Target): JsonObject | undefined {
  if (thinking === undefined) return undefined;
  const effort = effortOf(thinking);
  // The first of the family can think little, but not not at all.
  const known = target.limits.thinking?.levels ?? (/^gpt-5(-|$)/.test(target.model) ? efforts.slice(1, 5) : efforts);
  const reasoning = defined({
    effort: effort && nearestEffort(effort, known),
    summary: thinking.show ? 'auto' : undefined,
  });
  return Object.keys(reasoning).length === 0 ? undefined : reasoning;
}

function writeTool(tool: Tool): JsonObject {
  if (tool.kind === 'built-in') return responsesTools.get(tool.name) ?? {};
  const named = { name: tool.name, description: tool.description };
  if (tool.kind === 'custom') return defined({ type: 'custom', ...named, format: tool.format });
  // Strict is the default here and elsewhere not: schemas that were never meant for it would be rejected.
  return defined({
    type: 'function',
    ...named,
    parameters: tool.schema ?? { type: 'object', properties: {} },
    strict: tool.strict ?? false,
  });
}

const reference = (name: string, tools: readonly Tool[]): JsonObject => {
  const tool = tools.find((one) => one.name === name);
  if (tool?.kind === 'built-in') return { type: responsesTools.get(name)?.type };
  return { type: tool?.kind === 'custom' ? 'custom' : 'function', name };
};

function writeChoice(choice: ToolChoice | undefined, tools: readonly Tool[]): unknown {
  if (choice === undefined) return undefined;
  if (choice.kind === 'tool') return reference(choice.tool.name, tools);
  if (choice.kind === 'allowed')
    return {
      type: 'allowed_tools',
      mode: choice.required ? 'required' : 'auto',
      tools: choice.tools.map(({ name }) => reference(name, tools)),
    };
  return choice.kind === 'any' ? 'required' : choice.kind;
}

function writeFormat(output: Request['output']): JsonObject | undefined {
  if (output === undefined) return undefined;
  if (output.kind === 'json') return { type: 'json_object' };
  const { schema, name = 'answer', description, strict = false } = output;
  return defined({ type: 'json_schema', name, description, schema, strict });
}
