// The body of a client's request, and what it asks for.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Clock } from '../lib/time/clock.ts';
import type { Provider } from '../providers/provider.ts';
import type { ChunkedBuffer } from './bytes/chunked-buffer.ts';
import { BadRequest, type ClientRequest, readClientRequest } from './client/client-request.ts';
import { readBody } from './client/read-body.ts';
import type { CallRoute } from './client/routes.ts';
import type { ClientFormat } from './formats/client-side.ts';
import type { NewId } from './formats/format.ts';
import type { ConfigSource } from './gateway-options.ts';
import { continuationOf, previousId } from './kept-responses/continuation.ts';
import type { ResponseStore } from './kept-responses/response-store.ts';
import type { UpstreamError } from './model/events.ts';
import { sessionIdIn } from './request/order/request-session.ts';
import type { ServiceRequest } from './request/service-request.ts';
import type { LivePool } from './routing/live-pool.ts';
import { type FoundRoute, formatOfFamily } from './service-routes/find-route.ts';
import type { Owners } from './service-routes/owners.ts';
import { readCall } from './service-routes/read-call.ts';
import { serviceRequest } from './service-routes/service-request.ts';
import type { Turn } from './sockets/turn.ts';

/** A request of one of the formats, or to one of the routes beside them. */
export type RequestRoute = CallRoute | (FoundRoute & { readonly kind: 'service' });

export interface PrepareServices {
  readonly config: ConfigSource;
  readonly pool: LivePool;
  readonly services: { readonly clock: Clock; readonly newId: NewId };
  readonly owners: Owners;
  readonly store: ResponseStore;
  readonly providers: readonly Provider[];
}

export interface RawRequest {
  readonly request: IncomingMessage;
  readonly path: string;
  readonly query: string;
  /** `''` while no client keys are set. */
  readonly clientKey: string;
  /** Of a request that is a message on a socket. */
  readonly turn?: Turn | undefined;
}

export type Prepared =
  | {
      readonly ok: true;
      readonly request: ClientRequest | ServiceRequest;
      /** The body for the request log, as far as it is read here. */
      readonly pieces: readonly Buffer[];
      /** Frees what was kept of the body. */
      readonly close?: () => Promise<void>;
    }
  | { readonly ok: false; readonly format: ClientFormat; readonly error: UpstreamError };

/** Rejects when the client leaves before its body is complete. */
export function prepareRequest(route: RequestRoute, raw: RawRequest, services: PrepareServices): Promise<Prepared> {
  return route.kind === 'service' ? prepareService(route, raw, services) : prepareCall(route, raw, services);
}

async function prepareCall(
  route: CallRoute,
  raw: RawRequest,
  { services: { clock, newId }, store }: PrepareServices,
): Promise<Prepared> {
  const { format } = route;
  const read = raw.turn === undefined ? await readBody(raw.request, clock) : { ok: true as const, body: raw.turn.body };
  if (!read.ok) return { ok: false, format, error: read };
  try {
    const readFrom = (body: ChunkedBuffer, previous?: string) =>
      readClientRequest(route, body, raw.query, newId, previous);
    const asked = readFrom(read.body);
    const place = { store, clientKey: raw.clientKey, socket: raw.turn?.conversations };
    const continuation =
      format.keepsResponses === true
        ? continuationOf(asked, place, (body) => readFrom(body, previousId(asked)))
        : undefined;
    const request = { ...asked, continuation };
    return { ok: true, request, pieces: read.body.pieces };
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    return { ok: false, format, error: { status: 400, message: error.message } };
  }
}

async function prepareService(found: FoundRoute, raw: RawRequest, services: PrepareServices): Promise<Prepared> {
  const { owners, pool, providers, store } = services;
  const { clock } = services.services;
  const { config } = services.config.current;
  const read = await readCall(found, {
    ...raw,
    clock,
    maxUploadBytes: config['max-upload-mb'] * 1024 * 1024,
    pool: pool.current,
  });
  if (!read.ok) return { ok: false, format: formatOfFamily(found.route.family), error: read.error };
  const { call, close, ownerId } = read;
  const source = raw.request.headers['x-gateway-source'];
  const isKept = found.route.name === 'kept-responses';
  const owned = {
    source: typeof source === 'string' ? source : undefined,
    ...(isKept
      ? { keeper: store.makerOf(ownerId ?? '', raw.clientKey) }
      : { maker: ownerId === undefined ? undefined : await owners.makerOf(ownerId) }),
  };
  const previous = call.body.kind === 'json' ? previousId(call.body) : undefined;
  const maker = previous === undefined ? undefined : store.makerOf(previous, raw.clientKey);
  const request = { ...serviceRequest(call, { config, providers, owners }, owned), maker };
  return { ok: true, request, pieces: call.body.kind === 'json' ? call.body.body.pieces : [], close };
}

/** What the record says of a request before it has gone anywhere. */
export function factsOf(request: ClientRequest | ServiceRequest, headers: IncomingHttpHeaders) {
  if (request.action === 'service') return { model: request.model, stream: false, sessionId: undefined };
  return { model: request.model, stream: request.stream, sessionId: sessionIdIn({ request, headers }) };
}

/** The headers that say what a request is: a socket is a session of its own. */
export function headersOf(
  request: ClientRequest | ServiceRequest,
  headers: IncomingHttpHeaders,
  turn: Turn | undefined,
): IncomingHttpHeaders {
  const isNamed = turn === undefined || request.action === 'service' || sessionIdIn({ request, headers }) !== undefined;
  return isNamed ? headers : { ...headers, 'x-session-id': turn.sessionId };
}

/** Asks upstreams for their models when the one that is wanted is known by no list and no family. */
export function learnModel(request: ClientRequest | ServiceRequest, pool: LivePool): Promise<void> | undefined {
  const isOfFamily = request.action === 'service' && request.offers(pool.current, []).length > 0;
  return request.model !== '' && !isOfFamily ? pool.learn(request.model) : undefined;
}
