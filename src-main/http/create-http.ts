// The HTTP side of the program: authentication, routes, and where the server listens.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { AppEvent } from '../../src-shared/events.ts';
import type { Contract } from '../../src-shared/operation.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import type { AppEvents } from '../events/app-events.ts';
import { createLogger, type LogSink } from '../lib/logger.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { LoginsByState } from '../login/shared-logins.ts';
import type { BcryptPool } from '../management-auth/bcrypt-pool.ts';
import { ManagementKey } from '../management-auth/management-key.ts';
import type { SignInLinks } from '../management-auth/sign-in-links.ts';
import type { Receive } from '../operations/dispatch.ts';
import { buildDate, commit, version } from '../version.ts';
import { logRequest } from './access-log.ts';
import type { BanList } from './auth/ban-list.ts';
import { ManagementAuth } from './auth/management-auth.ts';
import { EventStreams } from './events-stream.ts';
import { KeepAlive } from './keep-alive.ts';
import { MetricsPort } from './metrics-port.ts';
import { publicRoutes } from './public-routes.ts';
import { resolveTarget } from './request/request-target.ts';
import { type HttpResponse, problemResponse, sendResponse } from './response.ts';
import { createRouter } from './router.ts';
import type { Upgrades } from './server/endpoint.ts';
import { Server } from './server/server.ts';
import { signIn } from './sign-in.ts';

/** The gateway as the server sees it: it handles the requests that it claims. */
export interface GatewayEntry {
  readonly claims: (url: string) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrades: Upgrades;
}

export interface HttpParts {
  readonly contract: Contract;
  readonly config: ConfigStore;
  readonly events: AppEvents;
  /** The state as events, for readers of the event stream. */
  readonly snapshot: () => readonly AppEvent[];
  readonly receive: Receive;
  readonly loginsByState: Pick<LoginsByState, 'visit'>;
  readonly bcrypt: BcryptPool;
  readonly bans: BanList;
  readonly gateway: GatewayEntry;
  readonly metrics: { read(): Promise<{ readonly type: string; readonly text: string }> };
  readonly clock: Clock;
  readonly logSink: LogSink;
  readonly signInLinks: SignInLinks;
  /** Of the database that is shared with other instances, where there is one. */
  readonly databaseState?: (() => 'ok' | 'away') | undefined;
}

export interface HttpOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Password for programs on this machine, which then must call `/keep-alive`. */
  readonly localPassword?: string | undefined;
  /** Listen here instead of where the config says. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Where the built page is; without it there is no `/management.html`. */
  readonly pageFolder?: URL | undefined;
  readonly onKeepAliveExpired?: () => void;
  /** A remote client has been banned for presenting wrong keys. */
  readonly onRemoteBlocked?: (address: string) => void;
}

export interface Http {
  /** Does not listen until it is started. */
  readonly server: Server;
  /** Everything is served as before, but `/readyz` says that the program is about to end. */
  readonly drain: () => void;
  /** Ends the event streams; running requests get `graceMs` to finish. */
  readonly close: (graceMs: number) => Promise<void>;
  /** Whether the page is served, and there is a key to sign in with. */
  readonly canOpenPage: () => boolean;
}

export function createHttp(parts: HttpParts, options: HttpOptions): Http {
  const { contract, config, events, snapshot, receive, loginsByState, bcrypt, bans, gateway } = parts;
  const { metrics, clock, logSink, signInLinks } = parts;
  const log = createLogger(logSink, 'server.ts');
  const key = new ManagementKey({
    current: () => config.current,
    bcrypt,
    environmentPassword: options.environment.MANAGEMENT_PASSWORD,
    localPassword: options.localPassword,
    signInLinks,
  });
  const auth = new ManagementAuth({
    key,
    bans,
    servesLoopbackOnly: () => server.isLoopbackOnly,
    onBanned: (address) => {
      log.warning(`${address} is banned for 30 minutes after five failed attempts to present the management key`);
      options.onRemoteBlocked?.(address);
    },
  });
  const keepAlive = options.localPassword
    ? new KeepAlive({ auth, clock, onExpired: () => options.onKeepAliveExpired?.() })
    : undefined;
  let isDraining = false;
  const streams = new EventStreams({ on: (listener) => events.on(listener), snapshot }, clock);
  const onUnexpected = (error: unknown) =>
    log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const readMetrics = (): Promise<HttpResponse> =>
    metrics.read().then(
      ({ type, text }) => ({ status: 200, headers: { 'content-type': type }, body: text }),
      (error: unknown) => problemResponse(error, onUnexpected),
    );
  const metricsPort = new MetricsPort({ config, clock, log, respond: readMetrics });
  const router = createRouter({
    contract,
    receive,
    authenticate: (request) => auth.authenticate(request),
    publicRoute: publicRoutes({
      pageFolder: options.pageFolder && fileURLToPath(options.pageFolder),
      isPageDisabled: () => config.current.config['remote-management']['disable-control-panel'],
      isReady: () => !isDraining,
      databaseState: parts.databaseState,
      metrics: async (request) => {
        const result = await auth.authenticate(request);
        return 'rejection' in result ? result.rejection : readMetrics();
      },
      keepAlive: keepAlive && ((request) => keepAlive.respond(request)),
      signIn: (request) => signIn(request, key),
      callback: (path, query, language) => loginsByState.visit(path, query, language),
    }),
    events: streams,
    version,
    commit,
    buildDate,
    onUnexpected,
  });
  const server: Server = new Server({
    config,
    events,
    clock,
    log,
    host: options.host,
    port: options.port,
    upgrades: gateway.upgrades,
    handler: (request, response) => {
      logRequest(request, response, logSink);
      const rejection = resolveTarget(request);
      if (rejection) sendResponse(response, rejection);
      else if (gateway.claims(request.url ?? '') || isUnservedSocket(request)) gateway.handle(request, response);
      else void router(request, response);
    },
  });
  return {
    server,
    drain: () => {
      isDraining = true;
    },
    canOpenPage: () => key.isConfigured && !config.current.config['remote-management']['disable-control-panel'],
    close: async (graceMs) => {
      isDraining = true;
      keepAlive?.close();
      streams.close();
      await Promise.all([server.close(graceMs), metricsPort.close()]);
    },
  };
}

/** The gateway says to what a client may change. Of the Management API an upgrade is ignored, as HTTP allows. */
const isUnservedSocket = ({ headers, url = '' }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket' && !url.startsWith('/v0/');
