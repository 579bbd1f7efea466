// Neutral turns as the items of a Responses conversation.

import type { JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { argumentsText, defined } from '../../model/json.ts';
import type {
  FilePart,
  ImagePart,
  Part,
  ThinkingPart,
  ToolCallPart,
  ToolResultPart,
  Turn,
} from '../../model/request.ts';
import { urlOfSource } from '../shared/sources.ts';
import { errorText } from '../shared/tool-results.ts';

export function writeItems(turns: readonly Turn[], dropped: DroppedFields): readonly JsonObject[] {
  const custom = new Set(
    turns.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'tool-call' && part.variant === 'custom' ? [part.id] : [])),
    ),
  );
  return turns.flatMap((turn) => (turn.role === 'user' ? userItems(turn, custom, dropped) : assistantItems(turn)));
}

function userItems({ parts }: Turn, custom: ReadonlySet<string>, dropped: DroppedFields): readonly JsonObject[] {
  const results = parts
    .filter((part) => part.kind === 'tool-result')
    .map((part) => writeResult(part, custom.has(part.callId), dropped));
  return [...results, ...inputMessages(parts, dropped)];
}

/** Texts of the system between those of the user are messages of their own, in their place. */
function inputMessages(parts: readonly Part[], dropped: DroppedFields): readonly JsonObject[] {
  const messages: { readonly role: string; readonly content: JsonObject[] }[] = [];
  for (const part of parts) {
    const content = writeInput(part, dropped);
    if (content.length === 0) continue;
    const role = part.kind === 'text' && part.isInstruction ? 'developer' : 'user';
    const last = messages.at(-1);
    if (last?.role === role) last.content.push(...content);
    else messages.push({ role, content: [...content] });
  }
  return messages.map((message) => ({ type: 'message', ...message }));
}

function writeInput(part: Part, dropped: DroppedFields): readonly JsonObject[] {
  if (part.kind === 'text') return [{ type: 'input_text', text: part.text }];
  if (part.kind === 'image') return writeImage(part, dropped);
  return part.kind === 'file' ? writeFile(part, dropped) : [];
}

function writeImage({ source, detail = 'auto' }: ImagePart, dropped: DroppedFields): readonly JsonObject[] {
  if (source.kind === 'upload' && source.issuer === 'openai')
    return [{ type: 'input_image', file_id: source.id, detail }];
  const url = urlOfSource(source);
  if (url !== undefined) return [{ type: 'input_image', image_url: url, detail }];
  dropped.add('fatal', 'turns', 'an image uploaded to another service cannot be sent');
  return [];
}

function writeFile({ source, name }: FilePart, dropped: DroppedFields): readonly JsonObject[] {
  if (source.kind === 'text') return [{ type: 'input_text', text: source.text }];
  if (source.kind === 'url') return [defined({ type: 'input_file', file_url: source.url })];
  if (source.kind === 'base64')
    return [{ type: 'input_file', filename: name ?? 'file', file_data: urlOfSource(source) }];
  if (source.issuer === 'openai') return [{ type: 'input_file', file_id: source.id }];
  dropped.add('fatal', 'turns', 'a file uploaded to another service cannot be sent');
  return [];
}

function writeResult(part: ToolResultPart, custom: boolean, dropped: DroppedFields): JsonObject {
  const content = part.parts.flatMap((inner) => writeInput(inner, dropped));
  const plain = content.every(({ type }) => type === 'input_text');
  const output = plain
    ? errorText(part, content.map(({ text }) => String(text)).join('\n'))
    : [...(part.isError ? [{ type: 'input_text', text: 'Error:' }] : []), ...content];
  return { type: custom ? 'custom_tool_call_output' : 'function_call_output', call_id: part.callId, output };
}

/** Texts that stand behind a call are put before it: all calls of a turn must be neighbours. */
function assistantItems({ parts }: Turn): readonly JsonObject[] {
  const before: JsonObject[] = [];
  const calls: JsonObject[] = [];
  for (const part of parts) {
    if (part.kind === 'tool-call') calls.push(writeCall(part));
    else if (part.kind === 'thinking') (calls.length > 0 ? calls : before).push(...writeReasoning(part));
    else if (part.kind === 'text') before.push(message({ type: 'output_text', text: part.text, annotations: [] }));
    else if (part.kind === 'refusal') before.push(message({ type: 'refusal', refusal: part.text }));
  }
  return [...before, ...calls];
}

const message = (part: JsonObject): JsonObject => ({ type: 'message', role: 'assistant', content: [part] });

const writeCall = ({ id, name, args, variant }: ToolCallPart): JsonObject =>
  variant === 'custom'
    ? { type: 'custom_tool_call', call_id: id, name, input: args }
    : { type: 'function_call', call_id: id, name, arguments: argumentsText(args) };

/** Reasoning goes back only to the service that encrypted it. */
function writeReasoning({ text, signature }: ThinkingPart): readonly JsonObject[] {
  if (signature?.issuer !== 'openai') return [];
  const summary = text === '' ? [] : [{ type: 'summary_text', text }];
  return [defined({ type: 'reasoning', id: signature.id, summary, encrypted_content: signature.value })];
}
