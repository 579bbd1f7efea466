// The contents of a Gemini conversation as neutral turns. Calls get ids, results find their calls.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { objectOf, objectsOf, stringOf, textOf } from '../../model/json.ts';
import { isReasoningToken, readReasoningToken } from '../../model/reasoning/reasoning-token.ts';
import type {
  FilePart,
  ImagePart,
  Part,
  ReasoningSignature,
  TextPart,
  ThinkingPart,
  ToolResultPart,
  Turn,
} from '../../model/request.ts';
import { standIn } from '../shared/google-signatures.ts';
import { field } from './spelling.ts';

interface OpenCall {
  readonly id: string;
  readonly name: string;
}

/** Ids are optional in this format: made from the place in the conversation they are the same in every turn. */
class Calls {
  #count = 0;
  #open: OpenCall[] = [];

  /** Calls of earlier turns are no longer waiting. */
  newTurn(): void {
    this.#open = [];
  }

  add(id: string | undefined, name: string): string {
    this.#count += 1;
    const call = { id: id ?? `call_${this.#count}_${name}`, name };
    this.#open.push(call);
    return call.id;
  }

  /** By id where there is one, else the oldest open call of that name. */
  take(id: string | undefined, name: string): string {
    const byId = this.#open.findIndex((call) => call.id === id);
    const at = byId >= 0 ? byId : this.#open.findIndex((call) => call.name === name);
    const [call] = at < 0 ? [] : this.#open.splice(at, 1);
    return call?.id ?? id ?? `call_unknown_${name}`;
  }
}

export function readContents(contents: readonly JsonObject[], dropped: DroppedFields): readonly Turn[] {
  const calls = new Calls();
  let before: Turn['role'] | undefined;
  return contents.map((content, index) => {
    const role = content.role === 'model' ? 'assistant' : 'user';
    if (role === 'assistant' && before !== 'assistant') calls.newTurn();
    before = role;
    const remembered: ThinkingPart[] = [];
    const parts = objectsOf(content.parts).flatMap((part, at) => {
      const token = readReasoningToken(textOf(field(part, 'thoughtSignature')));
      remembered.push(...(token?.thinking ?? []));
      return readPart(part, token?.id, calls, `contents[${index}].parts[${at}]`, dropped);
    });
    if (remembered.length === 0) return { role, parts };
    return { role, parts: [...remembered, ...parts.filter(({ kind }) => kind !== 'thinking')] };
  });
}

/** @param ownId of the call, as a token of ours names it */
function readPart(
  part: JsonObject,
  ownId: string | undefined,
  calls: Calls,
  path: string,
  dropped: DroppedFields,
): readonly Part[] {
  const signature = stringOf(field(part, 'thoughtSignature'));
  const signed: { signature?: ReasoningSignature } =
    signature === undefined || isReasoningToken(signature) || signature === standIn
      ? {}
      : { signature: { issuer: 'google', value: signature } };
  if (typeof part.text === 'string')
    return part.thought === true
      ? [{ kind: 'thinking', text: part.text, ...signed }]
      : [{ kind: 'text', text: part.text, ...signed }];
  const call = field(part, 'functionCall');
  if (isObject(call)) {
    const name = textOf(call.name);
    const id = calls.add(stringOf(call.id) ?? ownId, name);
    return [{ kind: 'tool-call', id, name, args: JSON.stringify(objectOf(call.args)), variant: 'function', ...signed }];
  }
  const result = field(part, 'functionResponse');
  if (isObject(result)) return [readResult(result, calls)];
  const data = readData(part);
  if (data) return [data];
  if (Object.keys(part).some((key) => key !== 'thoughtSignature' && key !== 'thought'))
    dropped.add('warn', path, `parts of type ${Object.keys(part).join()} cannot be carried over`);
  return [];
}

/** Inline bytes and file addresses; what they are is told by the MIME type. */
function readData(part: JsonObject): ImagePart | FilePart | Extract<Part, { kind: 'audio' }> | undefined {
  const inline = field(part, 'inlineData');
  if (isObject(inline)) {
    const mime = textOf(field(inline, 'mimeType'));
    const data = textOf(inline.data);
    if (mime.startsWith('audio/')) return { kind: 'audio', mime, data };
    const name = stringOf(field(inline, 'displayName'));
    return mime.startsWith('image/')
      ? { kind: 'image', source: { kind: 'base64', mime, data } }
      : { kind: 'file', source: { kind: 'base64', mime, data }, ...(name === undefined ? {} : { name }) };
  }
  const remote = field(part, 'fileData');
  if (!isObject(remote)) return undefined;
  const mime = textOf(field(remote, 'mimeType'));
  const source = { kind: 'url' as const, url: textOf(field(remote, 'fileUri')), ...(mime === '' ? {} : { mime }) };
  return mime.startsWith('image/') ? { kind: 'image', source } : { kind: 'file', source };
}

function readResult(result: JsonObject, calls: Calls): ToolResultPart {
  const name = textOf(result.name);
  const response = objectOf(result.response);
  const keys = Object.keys(response);
  const key = keys.length === 1 ? ['output', 'result', 'error'].find((word) => word === keys[0]) : undefined;
  const value = key === undefined ? response : response[key];
  const text: TextPart = { kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) };
  const beside = objectsOf(result.parts).flatMap((part) => {
    const data = readData(part);
    return data && data.kind !== 'audio' ? [data] : [];
  });
  const callId = calls.take(stringOf(result.id), name);
  return { kind: 'tool-result', callId, name, parts: [text, ...beside], ...(key === 'error' ? { isError: true } : {}) };
}
