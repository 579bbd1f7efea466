// Where a request goes, and what is said where nothing is served.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ClientResponse } from './client/client-response.ts';
import { callRoute, formatOfPath, type ModelsRoute, modelsRoute } from './client/routes.ts';
import type { ClientFormat } from './formats/client-side.ts';
import type { Format } from './formats/format.ts';
import { defaultFormat } from './formats/formats.ts';
import type { UpstreamError } from './model/events.ts';
import type { RequestRoute } from './prepare-request.ts';
import { countForm } from './records/request-record.ts';
import { findServiceRoute, formatOfFamily, speaksAnthropic } from './service-routes/find-route.ts';
import { families } from './service-routes/route-table.ts';

/** Codex asks for a WebSocket first, and goes on over HTTP at once after this status only. */
const noWebSocket = {
  status: 426,
  message: 'No WebSocket is served here. Use HTTP requests with server-sent events.',
};
const webSocketOnly = {
  status: 426,
  message: 'GET /v1/responses is a WebSocket. Send an upgrade to it, or the request with POST.',
};
const badHandshake = {
  status: 426,
  message: 'The upgrade to a WebSocket must be a GET request of version 13 of the protocol.',
};
const tooManySockets = { status: 429, message: 'This client key has too many WebSockets open. Close some of them.' };
export const webSocketPath = '/v1/responses';

export const asksForWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket';

export function routeOf(
  { method = '', headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  path: string,
): ModelsRoute | RequestRoute | undefined {
  const call = method === 'POST' ? callRoute(path) : undefined;
  const found = call ?? findServiceRoute(method, path, headers);
  if (found !== undefined) return 'kind' in found ? found : { kind: 'service', ...found };
  return method === 'GET' || method === 'HEAD' ? modelsRoute(path, headers) : undefined;
}

/** Clients of Anthropic ask some paths that others ask too. */
export function formatOfRequest(path: string, headers: IncomingHttpHeaders): ClientFormat {
  const format = formatOfPath(path);
  return format === defaultFormat && speaksAnthropic(headers) && callRoute(path) === undefined
    ? formatOfFamily(families.anthropic)
    : format;
}

export function sendWebSocketOnly(format: Format, response: ClientResponse): void {
  response.sendJson(426, format.errorBody(webSocketOnly), { upgrade: 'websocket', connection: 'Upgrade' });
}

/** An upgrade that is not served, which names what to change to (RFC 9110, 15.5.22). */
export function sendSocketRefused(path: string, isHandshake: boolean, format: Format, response: ClientResponse): void {
  const refuse = (error: UpstreamError, headers: Readonly<Record<string, string>>) =>
    response.sendJson(426, format.errorBody(error), { connection: 'close', ...headers });
  if (path !== webSocketPath) refuse(noWebSocket, { upgrade: 'HTTP/1.1' });
  else if (!isHandshake) refuse(badHandshake, { upgrade: 'websocket', 'sec-websocket-version': '13' });
  else response.sendError(format, tooManySockets);
}

/** Whether there is such a path is no secret: the response needs no key. */
export function sendNoRoute(
  { method }: IncomingMessage,
  path: string,
  response: ClientResponse,
  format: ClientFormat,
): void {
  response.sendError(format, { status: 404, message: `There is no ${method} ${path} here.` });
}

/** What a record calls a request: by its format, or by the name of its route. */
export const formOf = (route: RequestRoute): string =>
  route.kind === 'service' ? route.route.name : route.kind === 'count' ? countForm : route.format.name;

/** A route that is known and not served, by its name. */
export function sendUnserved(name: string | undefined, response: ClientResponse, format: ClientFormat): void {
  const message = `This gateway does not serve ${name}. See its documentation for the routes there are.`;
  response.sendError(format, { status: 501, message, code: 'route_not_supported' });
}

/** Of our own making; the log says what it was. */
export const internalError = { status: 500, message: 'The gateway failed; its log says why.' };
export const shuttingDown = { status: 503, message: 'The server is shutting down.' };

/** Ends a request with an error that its record names. */
export function reject(response: ClientResponse, format: ClientFormat, error: UpstreamError) {
  response.sendError(format, error);
  return { rejection: error.message };
}
