// Puts the program together: config, accounts, log, usage, logins and the HTTP server. Knows no Electron.
import { type AppContract, createContract } from '../src-shared/contract/index.ts';
import type { AppEvent } from '../src-shared/events.ts';
import { hasLogin } from '../src-shared/providers.ts';
import { settings as programSettings, type Settings } from '../src-shared/settings.ts';
import { AccountModels } from './accounts/account-models.ts';
import { Accounts } from './accounts/accounts.ts';
import { applyConfig } from './apply-config.ts';
import { Backups } from './backup/backups.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import { AppEvents } from './events/app-events.ts';
import { createGateway } from './gateway/gateway.ts';
import { BanList } from './http/auth/ban-list.ts';
import { createHttp, type Http, type HttpOptions } from './http/create-http.ts';
import type { Server } from './http/server/server.ts';
import { createLogger } from './lib/logger.ts';
import { type Clock, type Disposer, systemClock } from './lib/time/clock.ts';
import { waitAtMost } from './lib/time/delay.ts';
import { endInTime } from './lib/time/end-in-time.ts';
import { ownTimeZone } from './lib/time/time-zone.ts';
import { askLimits } from './limits/ask-limits.ts';
import { Logins } from './login/logins.ts';
import { SharedLogins } from './login/shared-logins.ts';
import { LogFile, logDirectory } from './logs/log-file.ts';
import { RequestLogs } from './logs/request-logs.ts';
import { BcryptPool } from './management-auth/bcrypt-pool.ts';
import { SignInLinks } from './management-auth/sign-in-links.ts';
import type { Metrics } from './metrics/metrics.ts';
import { Dispatchers } from './net/dispatchers.ts';
import { openAgents } from './open-agents.ts';
import { openAppData } from './open-app-data.ts';
import { type OpenShared, openConfig } from './open-config.ts';
import { openMetrics } from './open-metrics.ts';
import { openStorage } from './open-storage.ts';
import { createOperations, type Operations } from './operations/dispatch.ts';
import { createHandlers } from './operations/index.ts';
import { providers as programProviders } from './providers/index.ts';
import type { Provider } from './providers/provider.ts';
import { currentState, publishChanges } from './publish-events.ts';
import { UsageQueue } from './usage/usage-queue.ts';
import { UsageStore } from './usage/usage-store.ts';
import { version } from './version.ts';

export interface AppOptions extends HttpOptions {
  readonly configFile: string;
  readonly clock?: Clock;
  /** The settings that the program has. Default: those of its table. */
  readonly settings?: Settings;
  readonly openDatabase?: OpenShared | undefined;
  /** The providers that the program knows. Default: those of its table. */
  readonly providers?: readonly Provider[];
}

export interface App extends Operations<AppContract> {
  readonly config: ConfigStore;
  readonly server: Server;
  /** The present state as events. Subscribe first, so that no change falls in between. */
  readonly snapshot: () => readonly AppEvent[];
  readonly onEvent: (listener: (event: AppEvent) => void) => Disposer;
  /** The page's address with a token that signs in once, on this machine, within two minutes. */
  readonly pageLink: () => string;
  /** Whether the page is served, and can be signed in to. */
  readonly canOpenPage: () => boolean;
  /** The page to open for a pending login. */
  readonly loginAddress: (state: string) => string | undefined;
  /** Stops the server and starts it where the config says; running requests get at most 2 s. */
  readonly restartServer: () => Promise<void>;
  /** Sends webhooks the notice of a new version, once. */
  readonly tellUpdate: (version: string) => void;
  /** Accepts no more requests; running ones get at most 2 s. */
  readonly stopServer: () => Promise<void>;
  /** Everything is served as before, but a load balancer that asks `/readyz` sends its requests elsewhere. */
  readonly drain: () => void;
  /** Finishes running writes and requests; streams get at most 2 s. Rejects with what hangs after 10 s. */
  readonly close: () => Promise<void>;
}

/** How long the start waits for the cooldowns of the last run. Milliseconds. */
const restoreMs = 5000;
/** How long running requests may take once the program is told to end. Milliseconds. */
const graceMs = 2000;
/** How long connections then have to receive the rest of their responses. Milliseconds. */
const closingMs = 500;

/** Starts everything except the server, which `app.server.start()` starts. Throws a Problem that says what to do. */
export async function createApp(options: AppOptions): Promise<App> {
  const { configFile, environment, clock = systemClock } = options;
  const { settings = programSettings, providers = programProviders } = options;
  const logFile = LogFile.open({ directory: logDirectory(configFile, environment), clock });
  const logger = (source: string) => createLogger(logFile.sink, source);
  const log = logger('app.ts');
  const events = new AppEvents((error) => log.error(`a listener failed: ${String(error)}`));
  const bcrypt = new BcryptPool({ clock });

  const { database, config, authFiles } = await openConfig({
    file: configFile,
    ...{ clock, logger, events, settings, host: options.host, openDatabase: options.openDatabase },
    hash: (plain) => bcrypt.hash(plain),
  });
  const usage = new UsageStore({ clock });
  const usageQueue = new UsageQueue(clock);
  const dispatchers = new Dispatchers({ environment, usesEnvironment: () => config.current.config['use-env-proxy'] });
  const opened = openStorage({ config, events, clock, logger, environment, dispatchers, shared: database });
  const { keyId } = opened;
  const appData = await openAppData({
    ...{ config, authFiles, usage, events, clock, logger, environment, keyId },
    ...{ opened, versions: database?.config, documents: database?.documents.open },
  });
  const { learned } = appData;
  const proxyUrl = () => config.current.config['proxy-url'];
  const address = () => http.server.status.address;
  const clientIds = () => config.current.config['oauth-client-ids'];
  const refreshLock = database?.refreshLock;
  const forAccounts = { files: authFiles, refreshLock, dispatchers, proxyUrl, events, clock, providers, clientIds };
  const measured = { config, accounts: () => accounts, gateway: () => gateway, storage: () => opened, database };
  const metrics: Metrics = openMetrics(measured);
  const accounts = new Accounts({
    ...forAccounts,
    log: logger('accounts.ts'),
    onRefresh: (provider, outcome) => metrics.refreshed(provider, outcome),
  });
  const accountModels = new AccountModels({ ...forAccounts, accounts, learned, log: logger('account-models.ts') });
  const deadline = Number(environment.LOGIN_DEADLINE_MS) || undefined;
  const logins = new Logins({
    ...forAccounts,
    ...{ log: logger('logins.ts'), deadline, address, states: database?.logins },
  });
  const loginsByState = database === undefined ? logins : new SharedLogins(logins, database.logins);
  const requestLogs = new RequestLogs(logFile.directory);
  const timeZone = database?.timeZone ?? ownTimeZone();
  const stopApplying = applyConfig(config, { logFile, usage, usageQueue, authFiles, log, timeZone });

  const gateway = createGateway({
    config,
    requests: opened.requests,
    observer: metrics,
    counters: opened.storage.counters,
    cooldownStore: opened.storage.cooldowns,
    ownerStore: opened.storage.owners,
    credentialDigest: database && opened.credentialDigest,
    ...{ bindingClaims: database?.storage.bindings, slots: database?.storage.slots, instance: database?.instances },
    limits: opened.limits,
    keyId,
    ...{ accounts, dispatchers, usage, usageQueue, clock, version, providers, learned },
    log: logger('gateway.ts'),
    logFolder: logFile.directory,
  });
  // Before the first request comes, so that nobody is asked who was to be left alone.
  await waitAtMost(restoreMs, gateway.restoreCooldowns(), clock);
  const bans = new BanList(clock, (error) => log.error(`a listener of the ban list failed: ${String(error)}`));
  bans.onOwnChange((change) => database?.bans.tell(change));
  database?.bans.listen((change) => bans.takeOver(change));
  const agents = openAgents({ config, gateway, events, environment, clock, log, address });
  const loginNames = providers.flatMap(({ row }) => (row.signIn && hasLogin(row.signIn) ? [row.signIn.login] : []));
  const backups = new Backups({
    clock,
    authDir: () => config.current.authDir,
    call: (name, input, actor) => dispatch(name, input, actor),
  });
  const signInLinks = new SignInLinks(clock);
  const contract = createContract(settings, loginNames);
  const handlers = createHandlers({
    ...{ config, settings, authFiles, accounts, accountModels },
    ...{ logins, loginsByState, instances: async () => database?.instances.list() ?? [] },
    logFile,
    requestLogs,
    usage,
    usageQueue,
    keyUsage: () => gateway.keyUsage(),
    gateway,
    keyId,
    bans,
    version,
    dispatchers,
    providers,
    address,
    agents,
    backups,
    commandLine: { host: options.host, port: options.port },
    ...appData,
    requests: opened.requests,
    storage: opened.storage,
    limits: opened.limits,
    askLimits: (name) => askLimits(name, { limits: opened.limits, accounts, dispatchers, proxyUrl, clock, providers }),
  });
  const { dispatch, receive } = createOperations(contract, handlers);

  const { timedSettings } = appData;
  const sources = { config, accounts, events, timedSettings, server: () => http.server.status };
  const snapshot = () => currentState(sources);
  const parts = {
    contract,
    config,
    events,
    snapshot,
    receive,
    loginsByState,
    bcrypt,
    bans,
    gateway,
    metrics,
    clock,
    logSink: logFile.sink,
    signInLinks,
    ...(database !== undefined && ({ databaseState: () => (database.database.isAway ? 'away' : 'ok') } as const)),
  };
  const http: Http = createHttp(parts, options);
  database?.instances.start({ address, running: () => gateway.load().running });
  const stopPublishing = publishChanges({ ...sources, usage, logFile, gateway, bans, clock });

  return {
    dispatch,
    receive,
    config,
    server: http.server,
    snapshot,
    onEvent: (listener) => events.on(listener),
    canOpenPage: http.canOpenPage,
    pageLink: () => `${address()}/management.html#t=${signInLinks.issue()}`,
    loginAddress: (state) => logins.addressOf(state),
    restartServer: async () => {
      await http.server.stop(graceMs);
      await http.server.start();
    },
    stopServer: () => http.server.stop(graceMs),
    tellUpdate: (version) => opened.notices.tellOnce(`update ${version}`, 'update', { version }),
    drain: () => http.drain(),
    close: () =>
      endInTime(clock, [
        // Streams are told that they end before their connections are closed.
        ['the server', () => Promise.all([gateway.close({ graceMs }), http.close(graceMs + closingMs)])],
        ['events', async () => [stopPublishing(), stopApplying()]],
        ['the data folder', () => appData.close()],
        ['the history', () => opened.close()],
        ['logins', () => logins.close()],
        ['lists of models', () => accountModels.close()],
        ['accounts', () => accounts.close()],
        ['the auth folder', () => authFiles.close()],
        ['the config', () => config.close()],
        ['the database', async () => database?.close()],
        ['connections', () => dispatchers.close()],
        ['backups', () => backups.close()],
        ['hashing', () => bcrypt.close()],
        ['the log', () => logFile.close()],
      ]),
  };
}
