// A neutral request as a Messages one.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { argumentsOf, defined } from '../../model/json.ts';
import type {
  FilePart,
  ImagePart,
  Part,
  Request,
  Source,
  TextPart,
  Tool,
  ToolChoice,
  ToolResultPart,
  Turn,
} from '../../model/request.ts';
import { toClaudeOutputSchema } from '../../model/schemas/claude.ts';
import { toArgumentsSchema } from '../../model/schemas/tool-arguments.ts';
import type { EncodeRequestContext, Target } from '../format.ts';
import { withAllowedOnly } from '../shared/allowed-tools.ts';
import { samplingFor } from '../shared/sampling.ts';
import { writeBuiltIn } from './built-in-tools/tools.ts';
import { planThinking } from './thinking.ts';

/** When the client names no limit; the field is required, and what is asked for counts against the account's rate. */
const defaultMaxTokens = 8192;

export function encodeMessagesRequest(request: Request, { target, dropped }: EncodeRequestContext): JsonObject {
  const { tools, toolChoice } = withAllowedOnly(request);
  const asked = request.maxTokens ?? Math.min(defaultMaxTokens, target.facts.outputTokens ?? defaultMaxTokens);
  const plan = planThinking(request, asked, target, dropped);
  const thinks = plan.thinking !== undefined && plan.thinking.type !== 'disabled';
  const format = writeOutput(request.output, target, dropped);
  const config = defined({ effort: plan.effort, format });
  return defined({
    model: target.model,
    max_tokens: plan.maxTokens,
    system: writeSystem(request.system),
    messages: withoutTrailingSpace(request.turns, dropped, target)
      .map(({ role, parts }) => ({ role, content: parts.flatMap((part) => writePart(part, dropped)) }))
      .filter(({ content }) => content.length > 0),
    stream: target.stream || undefined,
    tools: tools.length === 0 ? undefined : tools.map((tool) => writeTool(tool, dropped)),
    tool_choice: tools.length === 0 ? undefined : writeChoice(toolChoice, request.parallelTools, thinks, dropped),
    thinking: plan.thinking,
    output_config: Object.keys(config).length === 0 ? undefined : config,
    ...writeSampling(samplingFor(request.sampling, target.facts, undefined, dropped), thinks, dropped),
    stop_sequences: writeStops(request.stop, dropped),
    metadata: request.user === undefined ? undefined : { user_id: request.user },
  });
}

function writeOutput(output: Request['output'], { facts }: Target, dropped: DroppedFields): JsonObject | undefined {
  if (output?.kind !== 'schema') return undefined;
  if (facts.structuredOutput !== false)
    return { type: 'json_schema', schema: toClaudeOutputSchema(output.schema, 'response_format', dropped) };
  dropped.add('warn', 'response_format', 'this model has no structured output; it answers as it sees fit');
  return undefined;
}

/** The beginning of a response that the client gives may not end in white space. */
function withoutTrailingSpace(turns: readonly Turn[], dropped: DroppedFields, { facts }: Target): readonly Turn[] {
  const last = turns.at(-1);
  const part = last?.parts.at(-1);
  if (last?.role !== 'assistant' || part?.kind !== 'text') return turns;
  if (facts.prefill === false) dropped.add('info', 'messages', 'this model does not go on from a given beginning');
  const trimmed = { ...part, text: part.text.trimEnd() };
  return [...turns.slice(0, -1), { ...last, parts: [...last.parts.slice(0, -1), trimmed] }];
}

const mark = ({ cache }: { readonly cache?: unknown }): JsonObject =>
  cache === undefined ? {} : { cache_control: cache };

function writeSystem(system: readonly TextPart[]): unknown {
  const texts = system.filter(({ text }) => text.trim() !== '');
  const [only] = texts;
  if (!only) return undefined;
  return texts.length === 1 && only.cache === undefined
    ? only.text
    : texts.map((part) => ({ type: 'text', text: part.text, ...mark(part) }));
}

function writePart(part: Part, dropped: DroppedFields): readonly JsonObject[] {
  switch (part.kind) {
    case 'text':
      return [{ type: 'text', text: part.text, ...mark(part) }];
    case 'refusal':
      return [{ type: 'text', text: part.text }];
    case 'image':
      return writeImage(part, dropped);
    case 'file':
      return writeFile(part, dropped);
    case 'thinking':
      if (part.signature?.issuer !== 'anthropic') return [];
      return part.redacted
        ? [{ type: 'redacted_thinking', data: part.signature.value }]
        : [{ type: 'thinking', thinking: part.text, signature: part.signature.value }];
    case 'tool-call':
      return [{ type: 'tool_use', id: part.id, name: part.name, input: argumentsOf(part.args), ...mark(part) }];
    case 'tool-result':
      return [writeResult(part, dropped)];
    case 'audio':
      return [];
  }
}

function writeResult(part: ToolResultPart, dropped: DroppedFields): JsonObject {
  const content = part.parts
    .filter((inner) => inner.kind !== 'text' || inner.text.trim() !== '')
    .flatMap((inner) => writePart(inner, dropped));
  const [only] = content;
  const plain = content.length === 1 && only?.type === 'text' && only.cache_control === undefined;
  return defined({
    type: 'tool_result',
    tool_use_id: part.callId,
    content: content.length === 0 ? undefined : plain ? only.text : content,
    is_error: part.isError,
    ...mark(part),
  });
}

function writeSource(source: Source): JsonObject | undefined {
  if (source.kind === 'base64') return { type: 'base64', media_type: source.mime, data: source.data };
  if (source.kind === 'url') return { type: 'url', url: source.url };
  if (source.kind === 'text') return { type: 'text', media_type: 'text/plain', data: source.text };
  return source.issuer === 'anthropic' ? { type: 'file', file_id: source.id } : undefined;
}

function writeImage(part: ImagePart, dropped: DroppedFields): readonly JsonObject[] {
  const source = writeSource(part.source);
  if (source) return [{ type: 'image', source, ...mark(part) }];
  dropped.add('fatal', 'turns', 'an image uploaded to another service cannot be sent');
  return [];
}

function writeFile({ source: given, name, ...rest }: FilePart, dropped: DroppedFields): readonly JsonObject[] {
  const isText = given.kind === 'base64' && given.mime.startsWith('text/');
  const source = writeSource(
    isText ? { kind: 'text', text: Buffer.from(given.data, 'base64').toString('utf8') } : given,
  );
  if (source) return [defined({ type: 'document', source, title: name, ...mark(rest) })];
  dropped.add('fatal', 'turns', 'a file uploaded to another service cannot be sent');
  return [];
}

function writeTool(tool: Tool, dropped: DroppedFields): JsonObject {
  if (tool.kind === 'built-in') return writeBuiltIn(tool, dropped);
  const schema = tool.kind === 'function' ? tool.schema : undefined;
  return defined({
    name: tool.name,
    description: tool.description,
    input_schema: toArgumentsSchema(schema ?? {}, `tools.${tool.name}`, dropped),
    ...mark(tool as { cache?: unknown }),
  });
}

function writeChoice(
  choice: ToolChoice | undefined,
  parallel: boolean | undefined,
  thinks: boolean,
  dropped: DroppedFields,
): JsonObject | undefined {
  const single = parallel === false ? { disable_parallel_tool_use: true } : {};
  if (choice === undefined || choice.kind === 'allowed')
    return parallel === false ? { type: 'auto', ...single } : undefined;
  if (choice.kind === 'none') return { type: 'none' };
  if (choice.kind === 'auto') return { type: 'auto', ...single };
  if (thinks) {
    dropped.add('warn', 'tool_choice', 'a forced tool cannot be combined with thinking; the model decides');
    return { type: 'auto', ...single };
  }
  return choice.kind === 'tool' ? { type: 'tool', name: choice.tool.name, ...single } : { type: 'any', ...single };
}

function writeSampling(
  { temperature, topP, topK }: Request['sampling'],
  thinks: boolean,
  dropped: DroppedFields,
): JsonObject {
  if (thinks) {
    if ((temperature ?? 1) !== 1 || topK !== undefined)
      dropped.add('info', 'temperature', 'not allowed together with thinking');
    return defined({ top_p: topP === undefined ? undefined : Math.max(topP, 0.95) });
  }
  if (temperature !== undefined && temperature > 1)
    dropped.add('info', 'temperature', 'lowered to 1, the most that Messages takes');
  return defined({
    temperature: temperature === undefined ? undefined : Math.min(temperature, 1),
    top_p: topP,
    top_k: topK,
  });
}

function writeStops(stops: readonly string[], dropped: DroppedFields): readonly string[] | undefined {
  const kept = stops.filter((stop) => stop.trim() !== '');
  if (kept.length < stops.length)
    dropped.add('warn', 'stop', 'stop sequences of white space only are refused by Messages');
  return kept.length === 0 ? undefined : kept;
}
