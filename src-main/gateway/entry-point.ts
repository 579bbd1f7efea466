// From a request on the wire to what handles it: access, route, body, request log and statistics.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { noteRequest } from '../logs/request-note.ts';
import type { Provider } from '../providers/provider.ts';
import { ClientKeys } from './client/client-keys.ts';
import { ClientResponse } from './client/client-response.ts';
import { corsHeaders } from './client/cors.ts';
import { drainBody } from './client/read-body.ts';
import { UnknownModelThrottle } from './client/unknown-model-throttle.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { makerRoute, sendKept } from './kept-response-routes.ts';
import { keepResponse } from './kept-responses/keep-response.ts';
import { keptRoute } from './kept-responses/kept-routes.ts';
import type { ResponseStore } from './kept-responses/response-store.ts';
import { type Client, type Clients, expiredError, isExpired } from './policies/clients.ts';
import { factsOf, learnModel, prepareRequest, type RequestRoute } from './prepare-request.ts';
import type { Recordings } from './records/recordings.ts';
import type { RequestRecording } from './records/request-record.ts';
import { handleRequest } from './request/handle-request.ts';
import type { RequestServices } from './request/request-context.ts';
import type { RequestLogger } from './request-logs/request-log.ts';
import {
  asksForWebSocket,
  formatOfRequest,
  formOf,
  internalError,
  reject,
  routeOf,
  sendNoRoute,
  sendNoWebSocket,
  sendUnserved,
  sendWebSocketOnly,
  shuttingDown,
  webSocketPath,
} from './request-routes.ts';
import type { LivePool } from './routing/live-pool.ts';
import type { RunningRequests } from './running-requests.ts';
import { sendModels } from './send-models.ts';
import type { Owners } from './service-routes/owners.ts';
import { unservedRoute } from './service-routes/route-table.ts';
import { type Ended, endRecording } from './usage/end-recording.ts';
import type { RecentRequests } from './usage/recent-requests.ts';
import { summaryOf } from './usage/request-summary.ts';
import { usageRecord } from './usage/usage-record.ts';

export interface EntryPointOptions extends Pick<GatewayOptions, 'config' | 'usage' | 'version'> {
  readonly services: RequestServices;
  readonly pool: LivePool;
  readonly running: Pick<RunningRequests, 'isClosing'>;
  readonly requestLogger: RequestLogger;
  readonly recent: RecentRequests;
  readonly recordings: Recordings;
  /** The clients of the config in force. */
  readonly clients: () => Clients;
  readonly owners: Owners;
  readonly store: ResponseStore;
  readonly providers: readonly Provider[];
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
    const { config } = this.#options.config.current;
    this.#options.store.configure(config['responses-store']);
    const keys = config['api-keys'];
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
    const { streaming } = this.#options.config.current.config;
    const response = new ClientResponse(serverResponse, this.#options.services.clock, this.#baseHeaders, streaming);
    const format = formatOfRequest(path, request.headers);
    if (this.#options.running.isClosing) return response.sendError(format, shuttingDown);
    const access = this.#keys.check(request, query);
    if (request.method === 'OPTIONS') {
      // Without keys a page of another site gets no data at all, not even from a preflight.
      const isRejected = !access.granted && access.status === 403;
      return isRejected ? response.sendError(format, access) : response.send(204, {}, '');
    }
    if (asksForWebSocket(request))
      return access.granted ? sendNoWebSocket(format, response) : response.sendError(format, access);
    if (request.method === 'GET' && path === webSocketPath)
      return access.granted ? sendWebSocketOnly(format, response) : response.sendError(format, access);
    const kept = keptRoute(request.method ?? '', path);
    const route =
      kept === undefined ? routeOf(request, path) : makerRoute(kept, request, path, { access, ...this.#options });
    if (kept !== undefined && route === undefined)
      return access.granted
        ? sendKept(kept, query, { access, ...this.#options }, response)
        : response.sendError(format, access);
    const unserved = route === undefined ? unservedRoute(path) : undefined;
    if (route === undefined && unserved === undefined) return sendNoRoute(request, path, response, format);
    if (!access.granted) {
      const { status, message } = access;
      drainBody(request, this.#options.services.clock);
      if (route?.kind === 'models') return response.sendJson(status, { error: message });
      this.#options.recordings.rejected(format.name, status);
      return response.sendError(format, access);
    }
    if (route === undefined) {
      sendUnserved(unserved, response, format);
      return drainBody(request, this.#options.services.clock);
    }
    const { key } = access;
    const client = this.#clients.of(key);
    const isOver = isExpired(client, this.#options.services.clock.now());
    if (route.kind === 'models')
      return isOver
        ? response.sendError(format, expiredError)
        : sendModels(route, {
            response,
            client,
            pool: this.#options.pool.current,
            config: this.#options.config.current.config,
          });
    const api = key ?? `${request.method} ${path}`;
    await this.#record(route, { request, serverResponse, path, query, response, signal, api, client }, isOver);
    if (signal.aborted && !serverResponse.destroyed) response.sendError(format, shuttingDown);
  }

  /** The call with its record, which is there whatever happens. */
  async #record(route: RequestRoute, call: Omit<Call, 'recording'>, isExpiredKey: boolean): Promise<void> {
    const { request, path, response, serverResponse, signal } = call;
    const recording = this.#options.recordings.open(request, call.client.key, formOf(route));
    response.onFirstByte(() => recording.firstByte());
    const format = formatOfRequest(path, request.headers);
    let ended: Ended = {};
    try {
      ended = isExpiredKey ? reject(response, format, expiredError) : await this.#call(route, { ...call, recording });
    } catch (error) {
      this.#options.services.log.error(`a request failed: ${(error as Error).stack}`);
      ended = reject(response, format, internalError);
      // A response that has begun cannot say so.
      if (!serverResponse.writableEnded) response.destroy();
    } finally {
      endRecording(recording, { ended, serverResponse, isAborted: signal.aborted });
    }
  }

  /** How it ended, as far as it came. */
  async #call(route: RequestRoute, call: Call): Promise<Ended> {
    const { request, serverResponse, response, signal, api, recording } = call;
    const { services, pool, requestLogger, usage, recent, store } = this.#options;
    const started = services.clock.now();
    const raw = { ...call, clientKey: call.client.key ?? '' };
    const prepared = await prepareRequest(route, raw, { ...this.#options, ...services }).catch((error: unknown) => {
      if (request.destroyed) return undefined;
      throw error;
    });
    if (prepared === undefined) {
      serverResponse.destroy();
      return {};
    }
    if (!prepared.ok) {
      response.sendError(prepared.format, prepared.error);
      return { rejection: prepared.error.message };
    }
    recording.asks(factsOf(prepared.request, request.headers));
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
    requestLog.body(prepared.pieces);
    await learnModel(prepared.request, pool);
    response.observe(requestLog);
    const keeping = keepResponse(prepared.request, { store, clientKey: call.client.key ?? '' });
    if (keeping !== undefined) response.alsoObserve(keeping.recorder);
    const outcome = await handleRequest(services, {
      request: prepared.request,
      client: call.client,
      headers: request.headers,
      response,
      signal,
      config,
      pool: pool.current,
      unrestricted: () => pool.unrestricted(),
      requestLog,
      recording,
      throttleUnknownModel: () => this.#unknownModels.wait(`${call.client.id} ${address}`, signal),
    }).catch((error: unknown) => {
      requestLog.finish(true, internalError.message);
      throw error;
    });
    void prepared.close?.();
    if (outcome.candidate !== undefined && !outcome.failed) keeping?.finish(outcome.candidate.credential.id);
    const summary = summaryOf(outcome);
    const isLogged = outcome.failed && !signal.aborted;
    if (isLogged && !config['request-log']) noteLog();
    requestLog.finish(isLogged, summary);
    if (route.kind === 'count') return { outcome };
    noteRequest(serverResponse, summary);
    recent.add(outcome, { api, started, hasLeft: signal.aborted });
    usage.record(usageRecord(outcome, { api, started }));
    return { outcome };
  }
}

interface Call {
  readonly request: IncomingMessage;
  readonly serverResponse: ServerResponse;
  /** Without query. */
  readonly path: string;
  readonly query: string;
  readonly response: ClientResponse;
  readonly signal: AbortSignal;
  /** For the statistics: the client's key, or method and path. */
  readonly api: string;
  readonly client: Client;
  readonly recording: RequestRecording;
}
