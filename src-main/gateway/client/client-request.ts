// A client's request, read no further than needed: most of it is passed on as it came.

import { isObject, parseExactly, parseJson } from '../../../src-shared/json.ts';
import { isNestedBeyond } from '../../lib/json-text.ts';
import type { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { membersOf, readValue } from '../bytes/json-members.ts';
import type { ClientFormat } from '../formats/client-side.ts';
import type { NewId } from '../formats/format.ts';
import type { PassthroughRequest } from '../formats/passthrough.ts';
import type { ResponseRelay } from '../formats/response-relay.ts';
import { countingOf } from '../formats/token-counting.ts';
import { readRequest } from '../formats/translation.ts';
import type { DroppedField } from '../model/dropped-fields.ts';
import { RequestError } from '../model/errors/request-error.ts';
import { maxTranslatedNesting } from '../model/json.ts';
import type { Request } from '../model/request.ts';
import type { CallRoute } from './routes.ts';

/** What a request goes on from, where it names an earlier response. */
export interface Continuation {
  readonly id: string;
  /** It was made for another client. */
  readonly isForeign: boolean;
  /** It is asked on a socket, where services keep nothing that another call could go on from. */
  readonly isOfSocket: boolean;
  /** Id of the credential that made it, if that is known. */
  readonly maker: string | undefined;
  /** The same request with the whole conversation in it; undefined when that is not known here. */
  readonly expanded: () => ClientRequest | undefined;
}

export interface ClientRequest extends PassthroughRequest {
  readonly continuation?: Continuation | undefined;
  readonly action: 'generate' | 'count';
  readonly format: ClientFormat;
  /** As the client named it. */
  readonly model: string;
  /** The relay of a response, framed the way the client asked for. */
  readonly frame: (relay: ResponseRelay) => ResponseRelay;
  /** The request in no vendor's words, read on first use. Throws `RequestError`. */
  readonly decoded: () => Request;
  /** What that reading could not keep; empty before it. */
  readonly droppedFields: () => readonly DroppedField[];
}

export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** Smaller bodies are checked to the last byte; larger ones only as far as they are read. */
const maxCheckedBytes = 256 * 1024;

/**
 * Throws `BadRequest` with a sentence when the body cannot be used. `previousId`: the response that the conversation in
 * the body goes on from.
 */
export function readClientRequest(
  route: CallRoute,
  body: ChunkedBuffer,
  query: string,
  newId: NewId,
  previousId?: string,
): ClientRequest {
  const checked = body.length > maxCheckedBytes ? undefined : parseJson(body.text());
  const isBroken = body.length <= maxCheckedBytes && checked === undefined;
  const members = isBroken ? undefined : membersOf(body);
  if (members === undefined) throw new BadRequest('The request body is not a JSON object.');
  const member = (name: string) => (isObject(checked) ? checked[name] : readValue(body, members, name));
  const { format, kind } = route;
  const model = route.model ?? member('model');
  if (typeof model !== 'string' || model.trim() === '') throw new BadRequest('The request names no model.');
  const stream = kind === 'generate' && (route.stream ?? member('stream') === true);
  let read: ReturnType<typeof readRequest> | undefined;
  return {
    action: kind,
    format,
    body,
    members,
    model,
    stream,
    frame: (relay) => (stream ? (format.client.frameStream?.(relay, new URLSearchParams(query)) ?? relay) : relay),
    decoded: () => {
      read ??= readRequest(format, contentOf(route, body), { model, stream, newId });
      return previousId === undefined ? read.request : { ...read.request, previousId };
    },
    droppedFields: () => read?.dropped ?? [],
  };
}

function contentOf({ kind, format }: CallRoute, body: ChunkedBuffer): unknown {
  const text = body.text();
  if (isNestedBeyond(text, maxTranslatedNesting))
    throw new RequestError(`The request has more than ${maxTranslatedNesting} levels of lists and objects.`);
  const json = parseExactly(text);
  return kind === 'count' ? countingOf(format).decodeCall(json) : json;
}
