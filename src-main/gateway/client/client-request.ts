// A client's request, read no further than needed: most of it is passed on as it came.

import type { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { type JsonMember, membersOf, readValue } from '../bytes/json-members.ts';
import { countedRequest } from '../formats/count-tokens.ts';
import type { NewId } from '../formats/format.ts';
import { formats } from '../formats/formats.ts';
import { readRequest } from '../formats/translation.ts';
import type { DroppedField } from '../model/dropped-fields.ts';
import { objectOf } from '../model/json.ts';
import type { Request } from '../model/request.ts';
import type { ClientFormat, Route } from './routes.ts';

/** How an answer is framed: one JSON document, events, or (Gemini without `alt=sse`) a JSON list that grows. */
export type Framing = 'json' | 'sse' | 'json-list';

export interface ClientRequest {
  readonly action: 'generate' | 'count';
  readonly format: ClientFormat;
  readonly body: ChunkedBuffer;
  readonly members: readonly JsonMember[];
  /** As the client named it. */
  readonly model: string;
  readonly stream: boolean;
  readonly framing: Framing;
  /** Whether a chat stream is to end with a usage chunk. */
  readonly wantsUsage: boolean;
  /** The request in no vendor's words, read on first use. Throws `RequestError`. */
  readonly decoded: () => Request;
  /** What that reading could not keep; empty before it. */
  readonly losses: () => readonly DroppedField[];
}

export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** Smaller bodies are checked to the last byte; larger ones only as far as they are read. */
const checkedBytes = 256 * 1024;

/** Throws `BadRequest` with a sentence when the body cannot be used. */
export function readClientRequest(
  route: Extract<Route, { kind: 'generate' | 'count' }>,
  body: ChunkedBuffer,
  query: string,
  newId: NewId,
): ClientRequest {
  const members = isJson(body) ? membersOf(body) : undefined;
  if (members === undefined) throw new BadRequest('The request body is not a JSON object.');
  const value = (name: string) => readValue(body, members, name);
  const model = route.model ?? value('model');
  if (typeof model !== 'string' || model.trim() === '') throw new BadRequest('The request names no model.');
  const stream = route.kind === 'generate' && (route.stream ?? value('stream') === true);
  let read: ReturnType<typeof readRequest> | undefined;
  return {
    action: route.kind,
    format: route.format,
    body,
    members,
    model,
    stream,
    framing: framingOf(route.format, stream, query),
    wantsUsage: stream && objectOf(value('stream_options')).include_usage === true,
    decoded: () => {
      read ??= readRequest(formats[route.format], said(route, body), { model, stream, newId });
      return read.request;
    },
    losses: () => read?.losses ?? [],
  };
}

function said(route: Extract<Route, { kind: 'generate' | 'count' }>, body: ChunkedBuffer): unknown {
  const json: unknown = JSON.parse(body.text());
  return route.kind === 'count' ? countedRequest(route.format, json) : json;
}

function isJson(body: ChunkedBuffer): boolean {
  if (body.length > checkedBytes) return true;
  try {
    JSON.parse(body.text());
    return true;
  } catch {
    return false;
  }
}

function framingOf(format: ClientFormat, stream: boolean, query: string): Framing {
  if (!stream) return 'json';
  if (format !== 'gemini') return 'sse';
  const parameters = new URLSearchParams(query);
  return (parameters.get('alt') ?? parameters.get('$alt')) === 'sse' ? 'sse' : 'json-list';
}
