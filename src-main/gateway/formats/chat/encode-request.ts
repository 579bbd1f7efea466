// A neutral request as a chat-completions one.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { ModelFacts } from '../../../models/model-facts.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { argumentsText, defined } from '../../model/json.ts';
import { effortFor } from '../../model/reasoning/effort.ts';
import type {
  FilePart,
  ImagePart,
  Part,
  Request,
  TextPart,
  Tool,
  ToolCallPart,
  ToolChoice,
  ToolResultPart,
  Turn,
} from '../../model/request.ts';
import { toOpenAiSchema, toOpenAiToolSchema } from '../../model/schemas/openai.ts';
import { shortened } from '../../model/tool-names.ts';
import type { EncodeRequestContext, Target } from '../format.ts';
import { withAllowedOnly } from '../shared/allowed-tools.ts';
import { standIn, thinksInLevels } from '../shared/google-signatures.ts';
import { logProbabilitiesFor } from '../shared/openai/log-probabilities.ts';
import { samplingFor } from '../shared/sampling.ts';
import { urlOfSource } from '../shared/sources.ts';
import { stopsWithin } from '../shared/stop-sequences.ts';
import { resultText } from '../shared/tool-results.ts';
import { writeModalities } from './audio.ts';
import { extraContent } from './extra-content.ts';

export function encodeChatRequest(request: Request, { target, dropped }: EncodeRequestContext): JsonObject {
  const { quirks, facts } = target;
  const system = request.system
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
  const { tools, toolChoice } = withAllowedOnly(request);
  const effort = request.thinking && effortFor(request.thinking, facts, dropped);
  const sampling = samplingFor(request.sampling, facts, effort, dropped);
  const logProbabilities = logProbabilitiesFor(request, target, effort, dropped);
  return defined({
    model: target.model,
    messages: [
      ...(system === '' ? [] : [{ role: 'system', content: system }]),
      ...request.turns.flatMap((turn) =>
        turn.role === 'user'
          ? userMessages(turn, dropped)
          : [assistantMessage(turn, target, request.thinking?.mode === 'off')],
      ),
    ],
    stream: target.stream || undefined,
    stream_options: target.stream && quirks.streamUsage ? { include_usage: true } : undefined,
    tools: tools.length === 0 ? undefined : tools.map((tool) => writeTool(tool, target, dropped)),
    tool_choice: tools.length === 0 ? undefined : writeChoice(toolChoice),
    parallel_tool_calls: tools.length === 0 ? undefined : request.parallelTools,
    [facts.tokenLimit ?? quirks.maxTokensField]: request.maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    seed: sampling.seed,
    frequency_penalty: sampling.frequencyPenalty,
    presence_penalty: sampling.presencePenalty,
    stop: stopsWithin(request.stop, 4, dropped),
    logprobs: logProbabilities && true,
    top_logprobs: logProbabilities?.top || undefined,
    ...writeModalities(request, target, dropped),
    reasoning_effort: effort,
    response_format: writeOutput(request.output),
    verbosity: request.verbosity,
    user: request.user && shortened(request.user),
    prompt_cache_key: request.cacheKey,
    service_tier: request.tier,
  });
}

function userMessages(turn: Turn, dropped: DroppedFields): readonly JsonObject[] {
  const results = turn.parts.filter((part): part is ToolResultPart => part.kind === 'tool-result');
  const beside = results.flatMap(({ parts }) => parts.filter((part) => part.kind !== 'text'));
  const content = [...beside, ...turn.parts].flatMap((part) => writePart(part, dropped));
  const responses = results.map((result) => ({
    role: 'tool',
    tool_call_id: result.callId,
    content: resultText(result),
  }));
  if (content.length === 0) return responses;
  const [only] = content;
  return [...responses, { role: 'user', content: content.length === 1 && only?.type === 'text' ? only.text : content }];
}

function writePart(part: Part, dropped: DroppedFields): readonly JsonObject[] {
  if (part.kind === 'text') return [{ type: 'text', text: part.text }];
  if (part.kind === 'image') return writeImage(part, dropped);
  if (part.kind === 'file') return writeFile(part, dropped);
  if (part.kind === 'audio')
    return [{ type: 'input_audio', input_audio: { data: part.data, format: part.mime.replace('audio/', '') } }];
  return [];
}

function writeImage(part: ImagePart, dropped: DroppedFields): readonly JsonObject[] {
  const url = urlOfSource(part.source);
  if (url !== undefined) return [{ type: 'image_url', image_url: defined({ url, detail: part.detail }) }];
  dropped.add('fatal', 'turns', 'an image uploaded to another service cannot be sent');
  return [];
}

function writeFile({ source, name }: FilePart, dropped: DroppedFields): readonly JsonObject[] {
  if (source.kind === 'text') return [{ type: 'text', text: source.text }];
  if (source.kind === 'base64')
    return [{ type: 'file', file: { filename: name ?? 'file', file_data: urlOfSource(source) } }];
  if (source.kind === 'upload' && source.issuer === 'openai') return [{ type: 'file', file: { file_id: source.id } }];
  dropped.add('fatal', 'turns', 'chat completions takes files only as bytes');
  return [];
}

const isText = (part: Part): part is TextPart => part.kind === 'text';

function assistantMessage(turn: Turn, { facts, quirks }: Target, isThinkingOff: boolean): JsonObject {
  const text = turn.parts
    .filter(isText)
    .map((part) => part.text)
    .join('');
  const refusal = turn.parts.map((part) => (part.kind === 'refusal' ? part.text : '')).join('');
  const reasoning = turn.parts.map((part) => (part.kind === 'thinking' ? part.text : '')).join('');
  const calls = turn.parts.filter((part): part is ToolCallPart => part.kind === 'tool-call');
  const hasHistory = quirks.reasoningHistory ?? facts.reasoningHistory ?? false;
  // Such models reject calls without reasoning; what another model thought is not always known.
  const stated = reasoning === '' && calls.length > 0 && !isThinkingOff ? ' ' : reasoning;
  return defined({
    role: 'assistant',
    // Only next to calls may it be missing.
    content: text !== '' ? text : calls.length > 0 ? null : '',
    refusal: refusal || undefined,
    reasoning_content: hasHistory && stated !== '' ? stated : undefined,
    tool_calls: calls.length === 0 ? undefined : calls.map((call, index) => writeCall(call, index === 0, facts)),
  });
}

function writeCall(
  { id, name, args, variant, signature }: ToolCallPart,
  isFirst: boolean,
  facts: ModelFacts,
): JsonObject {
  const call =
    variant === 'custom'
      ? { id, type: 'custom', custom: { name, input: args } }
      : { id, type: 'function', function: { name, arguments: argumentsText(args) } };
  if (facts.vendor !== 'google') return call;
  const own = signature?.issuer === 'google' ? signature.value : undefined;
  const needed = own ?? (isFirst && thinksInLevels(facts) ? standIn : undefined);
  return needed === undefined ? call : { ...call, ...extraContent(needed) };
}

function writeTool(tool: Tool, { facts }: Target, dropped: DroppedFields): JsonObject {
  const schema = (given: JsonObject): JsonObject =>
    facts.vendor === 'openai' ? toOpenAiToolSchema(given, `tools.${tool.name}`, dropped) : toOpenAiSchema(given);
  if (tool.kind === 'custom')
    return { type: 'custom', custom: defined({ name: tool.name, description: tool.description, format: tool.format }) };
  if (tool.kind === 'built-in') return tool.raw as JsonObject;
  return {
    type: 'function',
    function: defined({
      name: tool.name,
      description: tool.description,
      parameters: tool.schema && schema(tool.schema),
      strict: tool.strict,
    }),
  };
}

function writeChoice(choice: ToolChoice | undefined): unknown {
  if (choice === undefined) return undefined;
  if (choice.kind === 'tool') return { type: 'function', function: { name: choice.tool.name } };
  return choice.kind === 'any' ? 'required' : choice.kind;
}

function writeOutput(output: Request['output']): JsonObject | undefined {
  if (output === undefined) return undefined;
  if (output.kind === 'json') return { type: 'json_object' };
  return {
    type: 'json_schema',
    json_schema: defined({
      name: output.name ?? 'answer',
      description: output.description,
      schema: output.schema,
      strict: output.strict,
    }),
  };
}
