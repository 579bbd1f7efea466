// Puts the program together: config, accounts, log, usage, logins and the HTTP server. Knows no Electron.
import { fileURLToPath } from 'node:url';
import { contract } from '../src-shared/contract/index.ts';
import type { AppEvent } from '../src-shared/events.ts';
import { Accounts } from './core/accounts/accounts.ts';
import { announceChanges, currentState } from './core/announcements.ts';
import { AppEvents } from './core/app-events.ts';
import { AuthFiles } from './core/auth-files.ts';
import { BcryptPool } from './core/bcrypt-pool.ts';
import { type Clock, type Disposer, systemClock } from './core/clock.ts';
import { ConfigStore } from './core/config-store.ts';
import { followConfig } from './core/follow-config.ts';
import { LogFile, logDirectory } from './core/log-file.ts';
import { createLogger } from './core/logger.ts';
import { Logins } from './core/login/logins.ts';
import { ManagementKey } from './core/management-key.ts';
import { Dispatchers } from './core/network/dispatchers.ts';
import { RequestLogs } from './core/request-logs.ts';
import { UsageStore } from './core/usage/usage-store.ts';
import { openWindowState } from './core/window/window-state.ts';
import { createGateway } from './gateway/gateway.ts';
import { Access } from './http/access.ts';
import { logRequest } from './http/access-log.ts';
import { BanList } from './http/ban-list.ts';
import { EventStreams } from './http/events-stream.ts';
import { KeepAlive } from './http/keep-alive.ts';
import { ManagementServer } from './http/management-server.ts';
import { publicRoutes } from './http/public-routes.ts';
import { createRouter } from './http/router.ts';
import { createDispatch, type Dispatch } from './operations/dispatch.ts';
import { createHandlers } from './operations/index.ts';
import { buildDate, commit, version } from './version.ts';

export interface AppOptions {
  readonly configFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Password for programs on this machine, which then must call `/keep-alive`. */
  readonly localPassword?: string | undefined;
  /** Listen here instead of where the config says. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Where the built page is; without it there is no `/management.html`. */
  readonly pageFolder?: URL | undefined;
  readonly clock?: Clock;
  readonly onKeepAliveExpired?: () => void;
  /** A remote client is shut out for presenting wrong keys. */
  readonly onRemoteBlocked?: (address: string) => void;
}

export interface App {
  readonly dispatch: Dispatch;
  readonly config: ConfigStore;
  readonly server: ManagementServer;
  /** The state as events, to be asked for after subscribing. */
  readonly snapshot: () => readonly AppEvent[];
  readonly onEvent: (listener: (event: AppEvent) => void) => Disposer;
  /** The page to open for a login that waits. */
  readonly loginAddress: (state: string) => string | undefined;
  /** Stops listening and listens again where the config says; running requests get at most 2 s. */
  readonly restartServer: () => Promise<void>;
  /** Takes no more requests; running ones get at most 2 s. */
  readonly stopServer: () => Promise<void>;
  /** Finishes running writes and requests; streams get at most 2 s. */
  readonly close: () => Promise<void>;
}

/** How long running requests may go on once the program is told to end. Milliseconds. */
const graceMs = 2000;
/** How long connections then have to take what is left for them. Milliseconds. */
const closingMs = 500;

/** Starts everything but the server; `app.server.start()` opens it. Throws a Problem that says what to do. */
export async function createApp(options: AppOptions): Promise<App> {
  const { configFile, environment, clock = systemClock } = options;
  const logFile = LogFile.open({ directory: logDirectory(configFile, environment), clock });
  const logger = (source: string) => createLogger(logFile.sink, source);
  const log = logger('app.ts');
  const events = new AppEvents((error) => log.error(`a listener failed: ${String(error)}`));
  const bcrypt = new BcryptPool({ clock });

  const config = await ConfigStore.open({
    file: configFile,
    clock,
    log: logger('config-store.ts'),
    events,
    hash: (plain) => bcrypt.hash(plain),
  });
  const authFiles = await AuthFiles.open({ directory: config.current.authDir, log: logger('auth-files.ts') }).catch(
    async (error: unknown) => {
      await config.close();
      throw error;
    },
  );
  const usage = new UsageStore({ clock });
  const dispatchers = new Dispatchers();
  const proxyUrl = () => config.current.config['proxy-url'];
  const forAccounts = { files: authFiles, dispatchers, proxyUrl, events, clock };
  const accounts = new Accounts({ ...forAccounts, log: logger('accounts.ts') });
  const deadline = Number(environment.LOGIN_DEADLINE_MS) || undefined;
  const logins = new Logins({ ...forAccounts, log: logger('logins.ts'), deadline });
  const requestLogs = new RequestLogs(logFile.directory);
  const stopFollowing = followConfig(config, { logFile, usage, authFiles, log });

  const gateway = createGateway({
    config,
    accounts,
    dispatchers,
    usage,
    log: logger('gateway.ts'),
    logFolder: logFile.directory,
    clock,
    version,
  });
  const windowState = await openWindowState({ config, authFiles, usage, events, clock, logger, environment });
  const bans = new BanList(clock, (error) => log.error(`a listener to refused clients failed: ${String(error)}`));
  const handlers = createHandlers({
    config,
    authFiles,
    accounts,
    logins,
    logFile,
    requestLogs,
    usage,
    keyUsage: () => gateway.keyUsage(),
    resting: gateway,
    refused: bans,
    version,
    dispatchers,
    address: () => server.status.address,
    ...windowState,
  });
  const dispatch = createDispatch(contract, handlers);

  const key = new ManagementKey({
    current: () => config.current,
    bcrypt,
    environmentPassword: environment.MANAGEMENT_PASSWORD,
    localPassword: options.localPassword,
  });
  const keepAlive = options.localPassword
    ? new KeepAlive({ key, clock, onExpired: () => options.onKeepAliveExpired?.() })
    : undefined;
  const access = new Access({
    key,
    bans,
    servesLoopbackOnly: () => server.isLoopbackOnly,
    onBanned: (address) => {
      log.warning(`${address} is shut out for half an hour: five times in a row without the right management key`);
      options.onRemoteBlocked?.(address);
    },
  });
  const state = { config, accounts, events, server: () => server.status };
  const streams = new EventStreams(
    { on: (listener) => events.on(listener), snapshot: () => currentState(state) },
    clock,
  );
  const router = createRouter({
    contract,
    dispatch,
    gate: (request) => access.check(request),
    publicRoute: publicRoutes({
      pageFolder: options.pageFolder && fileURLToPath(options.pageFolder),
      isPageDisabled: () => config.current.config['remote-management']['disable-control-panel'],
      keepAlive: keepAlive && ((request) => keepAlive.answer(request.headers)),
      callback: (path, query, language) => logins.visit(path, query, language),
    }),
    events: streams,
    version,
    commit,
    buildDate,
    onUnexpected: (error) => log.error(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  const server: ManagementServer = new ManagementServer({
    config,
    events,
    clock,
    log: logger('server.ts'),
    host: options.host,
    port: options.port,
    handler: (request, response) => {
      if (config.current.config['logging-to-file']) logRequest(request, response, logFile.sink);
      if (gateway.claims(request.url ?? '')) gateway.handle(request, response);
      else void router(request, response);
    },
  });
  const stopAnnouncing = announceChanges({ ...state, usage, logFile, resting: gateway, refused: bans, clock });

  return {
    dispatch,
    config,
    server,
    snapshot: () => currentState(state),
    onEvent: (listener) => events.on(listener),
    loginAddress: (state) => logins.addressOf(state),
    restartServer: async () => {
      await server.stop(graceMs);
      await server.start();
    },
    stopServer: () => server.stop(graceMs),
    close: async () => {
      keepAlive?.close();
      streams.close();
      // Streams are told that they end before their connections are closed.
      await Promise.all([gateway.close({ graceMs }), server.close(graceMs + closingMs)]);
      stopAnnouncing();
      stopFollowing();
      await windowState.close();
      await logins.close();
      await accounts.close();
      await authFiles.close();
      await config.close();
      await dispatchers.close();
      await bcrypt.close();
      await logFile.close();
    },
  };
}
