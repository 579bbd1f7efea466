// Requests about one earlier response: told from what is kept here, or asked of the service that keeps it.
import type { IncomingMessage } from 'node:http';
import type { Access } from './client/client-keys.ts';
import type { ClientResponse } from './client/client-response.ts';
import { formats } from './formats/formats.ts';
import { answerKept, type KeptRoute } from './kept-responses/kept-routes.ts';
import type { ResponseStore } from './kept-responses/response-store.ts';
import type { RequestRoute } from './prepare-request.ts';
import type { LivePool } from './routing/live-pool.ts';
import { findServiceRoute } from './service-routes/find-route.ts';

interface KeptContext {
  readonly access: Access;
  readonly store: ResponseStore;
  readonly pool: Pick<LivePool, 'current'>;
}

const keyOf = (access: Access): string => (access.granted ? (access.key ?? '') : '');

/** Undefined when the answer is given from here. What is deleted here is deleted there as well. */
export function makerRoute(
  { id, action }: KeptRoute,
  { method = '', headers }: IncomingMessage,
  path: string,
  { access, store, pool }: KeptContext,
): RequestRoute | undefined {
  const maker = access.granted ? store.makerOf(id, keyOf(access)) : undefined;
  const upstream = pool.current.credentials.find((one) => one.id === maker)?.upstream;
  const isKeptThere =
    upstream?.services?.passes.includes('kept-responses') === true && formats[upstream.format].keepsResponses === true;
  const isKeptHere = store.find(id, keyOf(access)) !== undefined;
  if (!isKeptThere || (isKeptHere && (action === 'read' || action === 'input_items'))) return undefined;
  if (action === 'delete') store.forget(id);
  const found = findServiceRoute(method, path, headers);
  return found && { kind: 'service', ...found };
}

export function sendKept(
  kept: KeptRoute,
  query: string,
  { access, store }: KeptContext,
  response: ClientResponse,
): void {
  const answer = answerKept(kept, { store, clientKey: keyOf(access), query });
  if ('json' in answer) response.sendJson(200, answer.json);
  else response.sendError(formats.responses, answer.error);
}
