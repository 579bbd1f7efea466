// From a request on the wire to what handles it: access, route, body, request log and statistics.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { noteRequest } from '../logs/request-note.ts';
import { ClientKeys } from './client/client-keys.ts';
import { BadRequest, type ClientRequest, readClientRequest } from './client/client-request.ts';
import { ClientResponse } from './client/client-response.ts';
import { corsHeaders } from './client/cors.ts';
import { describeModel, describeModels } from './client/model-lists.ts';
import { drainBody, readBody } from './client/read-body.ts';
import {
  type CallRoute,
  callRoute,
  formatOfPath,
  formatOfUnknownEndpoint,
  type ModelsRoute,
  modelsRoute,
} from './client/routes.ts';
import { UnknownModelThrottle } from './client/unknown-model-throttle.ts';
import type { Format } from './formats/format.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { UpstreamError } from './model/events.ts';
import { type Client, type Clients, expiredError, isExpired } from './policies/clients.ts';
import { isOffered } from './policies/model-access.ts';
import type { Recordings } from './records/recordings.ts';
import { countForm, type RequestRecording } from './records/request-record.ts';
import { handleRequest } from './request/handle-request.ts';
import { sessionIdIn } from './request/order/request-session.ts';
import type { RequestServices } from './request/request-context.ts';
import type { RequestLogger } from './request-logs/request-log.ts';
import type { LivePool } from './routing/live-pool.ts';
import { listedModel, listedModels } from './routing/route/listed-models.ts';
import type { RunningRequests } from './running-requests.ts';
import { type Ended, endRecording } from './usage/end-recording.ts';
import type { RecentRequests } from './usage/recent-requests.ts';
import { summaryOf } from './usage/request-summary.ts';
import { usageRecord } from './usage/usage-record.ts';

/** Codex asks for a WebSocket first, and goes on over HTTP at once after this status only. */
const noWebSocket = {
  status: 426,
  message: 'WebSockets are not served here. Use HTTP requests with server-sent events.',
};

const shuttingDown = { status: 503, message: 'The server is shutting down.' };

export interface EntryPointOptions extends Pick<GatewayOptions, 'config' | 'usage' | 'version'> {
  readonly services: RequestServices;
  readonly pool: LivePool;
  readonly running: Pick<RunningRequests, 'isClosing'>;
  readonly requestLogger: RequestLogger;
  readonly recent: RecentRequests;
  readonly recordings: Recordings;
  /** The clients of the config in force. */
  readonly clients: () => Clients;
}

export class EntryPoint {
  readonly #options: EntryPointOptions;
  readonly #baseHeaders: Readonly<Record<string, string>>;
  readonly #unknownModels: UnknownModelThrottle;
  #keys: ClientKeys;
  #keyList: readonly string[];
  #clients: Clients;

  constructor(options: EntryPointOptions) {
    this.#options = options;
    this.#baseHeaders = { ...corsHeaders, 'x-cpa-version': options.version };
    this.#unknownModels = new UnknownModelThrottle(options.services.clock);
    this.#keyList = options.config.current.config['api-keys'];
    this.#keys = new ClientKeys(this.#keyList);
    this.#clients = options.clients();
  }

  /** After a change of the config. */
  reload(): void {
    this.#clients = this.#options.clients();
    const keys = this.#options.config.current.config['api-keys'];
    if (isDeepStrictEqual(keys, this.#keyList)) return;
    this.#keyList = keys;
    this.#keys = new ClientKeys(keys);
  }

  /** Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    try {
      await this.#handle(request, response, signal);
    } catch (error) {
      if (!response.destroyed) this.#options.services.log.error(`a request failed: ${(error as Error).stack}`);
      response.destroy();
    }
  }

  async #handle(request: IncomingMessage, serverResponse: ServerResponse, signal: AbortSignal): Promise<void> {
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const response = new ClientResponse(serverResponse, this.#options.services.clock, this.#baseHeaders);
    const format = formatOfPath(path);
    if (this.#options.running.isClosing) return response.sendError(format, shuttingDown);
    const access = this.#keys.check(request, query);
    if (request.method === 'OPTIONS') {
      // Without keys a page of another site gets no data at all, not even from a preflight.
      const isRejected = !access.granted && access.status === 403;
      return isRejected ? response.sendError(format, access) : response.send(204, {}, '');
    }
    if (asksForWebSocket(request))
      return access.granted ? sendNoWebSocket(format, response) : response.sendError(format, access);
    const route = routeOf(request, path);
    if (route === undefined) return sendNoRoute(request, path, response);
    if (!access.granted) {
      const { status, message } = access;
      return route.kind === 'models'
        ? response.sendJson(status, { error: message })
        : response.sendError(format, access);
    }
    const { key } = access;
    const client = this.#clients.of(key);
    const isOver = isExpired(client, this.#options.services.clock.now());
    if (route.kind === 'models')
      return isOver ? response.sendError(format, expiredError) : this.#sendModels(route, response, client);
    const api = key ?? `${request.method} ${path}`;
    const form = route.kind === 'count' ? countForm : route.format.name;
    const recording = this.#options.recordings.open(request, key, form);
    response.onFirstByte(() => recording.firstByte());
    let ended: Ended = {};
    try {
      ended = isOver
        ? reject(response, format, expiredError)
        : await this.#call(route, { request, serverResponse, query, response, signal, api, client, recording });
      if (signal.aborted && !serverResponse.destroyed) response.sendError(format, shuttingDown);
    } finally {
      const names = { keyId: recording.keyId, api };
      endRecording(recording, { ended, serverResponse, isAborted: signal.aborted, client: names });
    }
  }

  #sendModels({ format, list, model: name }: ModelsRoute, response: ClientResponse, { policy }: Client): void {
    const pool = this.#options.pool.current;
    const ownFacts = this.#options.config.current.config['model-facts'];
    const isOpen = (one: string) =>
      policy === undefined || isOffered(pool, one, policy, this.#options.config.current.config);
    const model = name === undefined || !isOpen(name) ? undefined : listedModel(pool, name);
    const listed = () => listedModels(pool).filter((one) => isOpen(one.name));
    if (name === undefined) response.sendJson(200, describeModels(listed(), list, ownFacts));
    else if (model !== undefined) response.sendJson(200, describeModel(model, list, ownFacts));
    else {
      const message = `There is no model ${name} here.`;
      response.sendError(format, { status: 404, message, code: 'model_not_found' });
    }
  }

  /** How it ended, as far as it came. */
  async #call(route: CallRoute, call: Call): Promise<Ended> {
    const { request, serverResponse, query, response, signal, api, recording } = call;
    const { services, pool, requestLogger, usage, recent } = this.#options;
    const started = services.clock.now();
    const read = await readBody(request).catch(() => undefined);
    if (read === undefined) {
      serverResponse.destroy();
      return {};
    }
    if (!read.ok) {
      response.sendError(route.format, read);
      await drainBody(request, services.clock);
      return { rejection: read.message };
    }
    let clientRequest: ClientRequest;
    try {
      clientRequest = readClientRequest(route, read.body, query, services.newId);
    } catch (error) {
      if (!(error instanceof BadRequest)) throw error;
      response.sendError(route.format, { status: 400, message: error.message });
      return { rejection: error.message };
    }
    const { model, stream } = clientRequest;
    const sessionId = sessionIdIn({ request: clientRequest, headers: request.headers }) ?? null;
    recording.asks({ model, stream, sessionId });
    const { config } = this.#options.config.current;
    const address = request.socket.remoteAddress ?? '';
    const requestLog = requestLogger.open(request, {
      all: config['request-log'],
      maxTotalMb: config['logs-max-total-size-mb'],
      maxErrors: config['error-logs-max-files'],
    });
    // Panels read the id out of the line to offer the log for download.
    const noteLog = () => noteRequest(serverResponse, `request_id=${requestLog.id}`);
    if (config['request-log']) noteLog();
    requestLog.body(read.body.pieces);
    await pool.learn(clientRequest.model);
    response.observe(requestLog);
    const outcome = await handleRequest(services, {
      request: clientRequest,
      client: call.client,
      headers: request.headers,
      response,
      signal,
      config,
      pool: pool.current,
      requestLog,
      recording,
      throttleUnknownModel: () => this.#unknownModels.wait(`${call.client} ${address}`, signal),
    });
    const summary = summaryOf(outcome);
    const isLogged = outcome.failed && !signal.aborted;
    if (isLogged && !config['request-log']) noteLog();
    requestLog.finish(isLogged, summary);
    if (route.kind === 'count') return { outcome, isCounted: false };
    noteRequest(serverResponse, summary);
    recent.add(outcome, { api, started, hasLeft: signal.aborted });
    usage.record(usageRecord(outcome, { api, started }));
    return { outcome, isCounted: config['usage-statistics-enabled'] };
  }
}

const asksForWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket';

function reject(response: ClientResponse, format: Format, error: UpstreamError): Ended {
  response.sendError(format, error);
  return { rejection: error.message };
}

function routeOf({ method, headers }: IncomingMessage, path: string): CallRoute | ModelsRoute | undefined {
  if (method === 'POST') return callRoute(path);
  return method === 'GET' || method === 'HEAD' ? modelsRoute(path, headers) : undefined;
}

/** RFC 9110, 15.5.22: such a response names what to change to. */
function sendNoWebSocket(format: Format, response: ClientResponse): void {
  response.sendJson(426, format.errorBody(noWebSocket), { upgrade: 'HTTP/1.1', connection: 'close' });
}

/** Whether there is such a path is no secret: the response needs no key. */
function sendNoRoute({ method }: IncomingMessage, path: string, response: ClientResponse): void {
  // Some SDKs look for the method they called in their own kind of error.
  const format = method === 'POST' ? formatOfUnknownEndpoint(path) : undefined;
  if (format !== undefined) response.sendError(format, { status: 404, message: `${path} not found.` });
  else response.send(404, { 'content-type': 'text/plain' }, '404 page not found');
}

interface Call {
  readonly request: IncomingMessage;
  readonly serverResponse: ServerResponse;
  readonly query: string;
  readonly response: ClientResponse;
  readonly signal: AbortSignal;
  /** For the statistics: the client's key, or method and path. */
  readonly api: string;
  readonly client: Client;
  readonly recording: RequestRecording;
}
