// From a request on the wire to what handles it: access, route, body, request log and statistics.
import type { IncomingMessage } from 'node:http';
import { noteRequest } from '../logs/request-note.ts';
import type { Provider } from '../providers/provider.ts';
import type { Call } from './call.ts';
import type { VendorCatalogue } from './catalogue/vendor-catalogue.ts';
import { ClientResponse, type ResponseStream } from './client/client-response.ts';
import { corsHeaders } from './client/cors.ts';
import { drainBody } from './client/read-body.ts';
import { UnknownModelThrottle } from './client/unknown-model-throttle.ts';
import { type ClientAccess, partsOf } from './client-access.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { makerRoute, sendKept } from './kept-response-routes.ts';
import { keepResponse } from './kept-responses/keep-response.ts';
import { keptRoute } from './kept-responses/kept-routes.ts';
import type { ResponseStore } from './kept-responses/response-store.ts';
import type { UpstreamError } from './model/events.ts';
import { expiredError, isExpired } from './policies/clients.ts';
import { factsOf, headersOf, learnModel, prepareRequest, type RequestRoute } from './prepare-request.ts';
import type { Recordings } from './records/recordings.ts';
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
  sendSocketRefused,
  sendUnserved,
  sendWebSocketOnly,
  shuttingDown,
  webSocketPath,
} from './request-routes.ts';
import type { LivePool } from './routing/live-pool.ts';
import type { RunningRequests } from './running-requests.ts';
import { sendModelsOrCatalogue } from './send-catalogue.ts';
import { modelsContext } from './send-models.ts';
import type { Owners } from './service-routes/owners.ts';
import { unservedRoute } from './service-routes/route-table.ts';
import { isHandshake, type SocketServer } from './sockets/socket-server.ts';
import { type Turn, turnForm } from './sockets/turn.ts';
import { type Ended, endRecording } from './usage/end-recording.ts';
import { askedFacts, queuedRequest } from './usage/queued-request.ts';
import type { RecentRequests } from './usage/recent-requests.ts';
import { summaryOf } from './usage/request-summary.ts';
import { usageRecord } from './usage/usage-record.ts';

export interface EntryPointOptions extends Pick<GatewayOptions, 'config' | 'usage' | 'version'> {
  readonly usageQueue: GatewayOptions['usageQueue'];
  readonly services: RequestServices;
  readonly pool: LivePool;
  readonly running: Pick<RunningRequests, 'isClosing'>;
  readonly requestLogger: RequestLogger;
  readonly recent: RecentRequests;
  readonly recordings: Recordings;
  readonly access: ClientAccess;
  readonly owners: Owners;
  readonly store: ResponseStore;
  readonly sockets: Pick<SocketServer, 'isFull'>;
  readonly providers: readonly Provider[];
  readonly catalogue: VendorCatalogue;
}

export class EntryPoint {
  readonly #options: EntryPointOptions;
  readonly #baseHeaders: Readonly<Record<string, string>>;
  readonly #unknownModels: UnknownModelThrottle;

  constructor(options: EntryPointOptions) {
    this.#options = options;
    this.#baseHeaders = { ...corsHeaders, 'x-cpa-version': options.version };
    this.#unknownModels = new UnknownModelThrottle(options.services.clock);
  }

  /** Whether a request opens a WebSocket. */
  acceptsSocket(request: IncomingMessage): boolean {
    if (this.#options.running.isClosing || partsOf(request).path !== webSocketPath || !isHandshake(request))
      return false;
    const { access, sockets } = this.#options;
    return access.rejectionOf(request) === undefined && !sockets.isFull(access.keyOf(request));
  }

  /** Never rejects. `turn`: for a message on a socket, which `request` has opened. */
  async handle(request: IncomingMessage, response: ResponseStream, signal: AbortSignal, turn?: Turn): Promise<void> {
    try {
      await this.#handle(request, response, signal, turn);
    } catch (error) {
      if (!response.destroyed) this.#options.services.log.error(`a request failed: ${(error as Error).stack}`);
      response.destroy();
    }
  }

  async #handle(
    request: IncomingMessage,
    serverResponse: ResponseStream,
    signal: AbortSignal,
    turn: Turn | undefined,
  ): Promise<void> {
    const { path, query } = partsOf(request);
    const { streaming } = this.#options.config.current.config;
    const response = new ClientResponse(serverResponse, this.#options.services.clock, this.#baseHeaders, streaming);
    const format = formatOfRequest(path, request.headers);
    if (this.#options.running.isClosing) return response.sendError(format, shuttingDown);
    const access = this.#options.access.check(request);
    if (request.method === 'OPTIONS') {
      // Without keys a page of another site gets no data at all, not even from a preflight.
      const isRejected = !access.granted && access.status === 403;
      return isRejected ? response.sendError(format, access) : response.send(204, {}, '');
    }
    if (turn === undefined && asksForWebSocket(request)) {
      const rejection = this.#options.access.rejectionOf(request);
      if (rejection === undefined) return sendSocketRefused(path, isHandshake(request), format, response);
      return response.sendError(format, rejection);
    }
    if (turn === undefined && request.method === 'GET' && path === webSocketPath)
      return access.granted ? sendWebSocketOnly(format, response) : response.sendError(format, access);
    const kept = turn === undefined ? keptRoute(request.method ?? '', path) : undefined;
    const route =
      kept === undefined
        ? routeOf(turn === undefined ? request : { method: 'POST', headers: request.headers }, path)
        : makerRoute(kept, request, path, { ...this.#options, access });
    if (kept !== undefined && route === undefined)
      return access.granted
        ? sendKept(kept, query, { ...this.#options, access }, response)
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
    const client = this.#options.access.clientOf(key);
    const isOver = isExpired(client, this.#options.services.clock.now());
    if (route.kind === 'models')
      return isOver
        ? response.sendError(format, expiredError)
        : sendModelsOrCatalogue(route, {
            ...modelsContext(response, client, { pool: this.#options.pool.current, ...this.#options.config.current }),
            ...{ catalogue: this.#options.catalogue, query, headers: request.headers },
          });
    const api = key ?? `${request.method} ${path}`;
    await this.#record(route, { request, serverResponse, path, query, response, signal, api, client, turn }, isOver);
    if (signal.aborted && !serverResponse.destroyed) response.sendError(format, shuttingDown);
  }

  /** The call with its record, which is there whatever happens. */
  async #record(route: RequestRoute, call: Omit<Call, 'recording'>, isExpiredKey: boolean): Promise<void> {
    const { request, path, response, serverResponse, signal, turn } = call;
    const form = turn === undefined ? formOf(route) : turnForm;
    const recording = this.#options.recordings.open(request, call.client.key, form);
    response.onFirstByte(() => recording.firstByte());
    const rejected = (error: UpstreamError) => reject(response, formatOfRequest(path, request.headers), error);
    let ended: Ended = {};
    try {
      ended = isExpiredKey ? rejected(expiredError) : await this.#call(route, { ...call, recording });
    } catch (error) {
      this.#options.services.log.error(`a request failed: ${(error as Error).stack}`);
      ended = rejected(internalError);
      // A response that has begun cannot say so.
      if (!serverResponse.writableEnded) response.destroy();
    } finally {
      const record = endRecording(recording, { ended, serverResponse, isAborted: signal.aborted });
      if ('outcome' in ended) {
        const finished = { ...ended, request, path, clientKey: call.client.key ?? '', record };
        this.#options.usageQueue?.add(() => queuedRequest(finished));
      }
    }
  }

  /** How it ended, as far as it came. */
  async #call(route: RequestRoute, call: Call): Promise<Ended> {
    const { request, serverResponse, response, signal, api, recording, turn } = call;
    const { services, pool, requestLogger, usage, recent, store } = this.#options;
    const started = services.clock.now();
    const clientKey = call.client.key ?? '';
    const raw = { request, path: call.path, query: call.query, clientKey, turn };
    const prepared = await prepareRequest(route, raw, this.#options).catch((error: unknown) => {
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
    const headers = headersOf(prepared.request, request.headers, turn);
    recording.asks(factsOf(prepared.request, headers));
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
    const learning = learnModel(prepared.request, pool);
    if (learning !== undefined) await learning;
    response.observe(requestLog);
    const keeping = keepResponse(prepared.request, { store, clientKey, socket: turn?.conversations });
    if (keeping !== undefined) response.alsoObserve(keeping.recorder);
    const outcome = await handleRequest(services, {
      request: prepared.request,
      client: call.client,
      headers,
      response,
      upstreamSockets: turn?.upstreamSockets,
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
    const asked = askedFacts(prepared.request, requestLog.id);
    if (route.kind === 'count') return { outcome, asked };
    noteRequest(serverResponse, summary);
    recent.add(outcome, { api, started, hasLeft: signal.aborted });
    usage.record(usageRecord(outcome, { api, started }));
    return { outcome, asked };
  }
}
