// A neutral request as a Responses one.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { Effort } from '../../../../src-shared/model-facts.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { defined } from '../../model/json.ts';
import { effortFor } from '../../model/reasoning/effort.ts';
import type { Request, Tool, ToolChoice } from '../../model/request.ts';
import { toOpenAiToolSchema } from '../../model/schemas/openai.ts';
import { shortened } from '../../model/tool-names.ts';
import type { EncodeRequestContext, Target } from '../format.ts';
import { logProbabilitiesFor } from '../shared/openai/log-probabilities.ts';
import { samplingFor } from '../shared/sampling.ts';
import { includedSources } from './built-in-tools/searches.ts';
import { responsesTools, writeBuiltIn } from './built-in-tools/tools.ts';
import { writeItems } from './encode-items.ts';

/** How a client asks for them. */
export const includedLogProbabilities = 'message.output_text.logprobs';

/** The service rejects lower limits. */
const leastOutput = 16;

export function encodeResponsesRequest(request: Request, { target, dropped }: EncodeRequestContext): JsonObject {
  const system = request.system
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
  const { tools, maxTokens } = request;
  const effort = writeEffort(request, target, dropped);
  const sampling = samplingFor(request.sampling, target.facts, effort, dropped);
  if (maxTokens !== undefined && maxTokens < leastOutput)
    dropped.add('info', 'max_output_tokens', `raised to ${leastOutput}, the least that is accepted`);
  const format = writeFormat(request.output);
  const logProbabilities = logProbabilitiesFor(request, target, effort, dropped);
  // Models that do not think reject being asked for it.
  const include = [
    ...(target.facts.reasoning ? ['reasoning.encrypted_content'] : []),
    ...(logProbabilities ? [includedLogProbabilities] : []),
    ...(tools.some(isWebSearch) ? [includedSources] : []),
  ];
  const text = defined({ format, verbosity: request.verbosity });
  return defined({
    model: target.model,
    instructions: system === '' ? undefined : system,
    input: writeItems(request.turns, dropped),
    stream: target.stream || undefined,
    tools: tools.length === 0 ? undefined : tools.map((tool) => writeTool(tool, dropped)),
    tool_choice: tools.length === 0 ? undefined : writeChoice(request.toolChoice, tools),
    parallel_tool_calls: tools.length === 0 ? undefined : request.parallelTools,
    max_output_tokens: maxTokens === undefined ? undefined : Math.max(maxTokens, leastOutput),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    reasoning: writeReasoning(request, target, effort),
    text: Object.keys(text).length === 0 ? undefined : text,
    user: request.user && shortened(request.user),
    prompt_cache_key: request.cacheKey ?? (request.session && shortened(request.session)),
    service_tier: request.tier,
    metadata: request.metadata,
    store: false,
    include: include.length === 0 ? undefined : include,
    top_logprobs: logProbabilities?.top || undefined,
  });
}

const isWebSearch = (tool: Tool): boolean => tool.kind === 'built-in' && tool.name === 'web_search';

function writeEffort({ thinking, tools }: Request, { facts }: Target, dropped: DroppedFields): Effort | undefined {
  const effort = thinking && effortFor(thinking, facts, dropped);
  // The service does not search the web with less.
  return effort === 'minimal' && tools.some(({ kind }) => kind === 'built-in') ? 'low' : effort;
}

function writeReasoning({ thinking }: Request, { facts }: Target, effort: Effort | undefined): JsonObject | undefined {
  if (thinking === undefined || facts.reasoning === false) return undefined;
  const reasoning = defined({ effort, summary: thinking.show ? 'auto' : undefined });
  return Object.keys(reasoning).length === 0 ? undefined : reasoning;
}

function writeTool(tool: Tool, dropped: DroppedFields): JsonObject {
  if (tool.kind === 'built-in') return writeBuiltIn(tool, dropped);
  const named = { name: tool.name, description: tool.description };
  if (tool.kind === 'custom') return defined({ type: 'custom', ...named, format: tool.format });
  // Strict is the default here and elsewhere not: schemas that were never meant for it would be rejected.
  return defined({
    type: 'function',
    ...named,
    parameters: toOpenAiToolSchema(tool.schema ?? {}, `tools.${tool.name}`, dropped),
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
