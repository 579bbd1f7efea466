// Keeps what the window shows in step with what the program announces.
import type {
  AppEvent,
  EventName,
  EventPayloads,
  LoginStatus,
  RequestEvent,
  ServerStatus,
} from '../../src-shared/events.ts';
import type { Link, OperationName } from '../transport/transport.ts';
import { invalidate, queryClient, setRead, transport } from './client.ts';
import { createStore } from './store.ts';

export type InvalidConfig = EventPayloads['config-broken'];

export const linkStore = createStore<Link>({ state: 'connecting' });
export const serverStore = createStore<ServerStatus | undefined>(undefined);
export const invalidConfigStore = createStore<InvalidConfig | undefined>(undefined);
/** The newest word on each login, by state. */
export const loginStore = createStore<ReadonlyMap<string, LoginStatus>>(new Map());
/** The newest change of the config that did not come from this window. */
export const outsideChangeStore = createStore<{ readonly revision: number; readonly actor: string } | undefined>(
  undefined,
);

type LogListener = (lines: readonly string[]) => void;
const logListeners = new Set<LogListener>();

/** Hears new log lines as they come. */
export function onLogLines(listener: LogListener): () => void {
  logListeners.add(listener);
  return () => logListeners.delete(listener);
}

type RequestListener = (event: RequestEvent) => void;
const requestListeners = new Set<RequestListener>();

/** Hears of model requests as they start, respond and end. */
export function onRequests(listener: RequestListener): () => void {
  requestListeners.add(listener);
  return () => requestListeners.delete(listener);
}

/** Usage is asked for again at most this often, however busy the gateway is. */
const usageEveryMs = 2_000;
let usageAwaited = false;
let revisions = new Map<EventName, number>();

function apply(event: AppEvent): void {
  if (event.revision < (revisions.get(event.event) ?? 0)) return;
  const first = !revisions.has(event.event);
  revisions.set(event.event, event.revision);
  switch (event.event) {
    case 'config':
      setRead('config.get', () => event.config);
      invalidConfigStore.set(undefined);
      if (!first) {
        noticeConfig(event);
        scheduleInvalidate(
          'config-yaml.get',
          'client-keys.list',
          'client-policies.get',
          'client-usage.list',
          'models.list',
          'config-history.list',
          'server-info.get',
          'activity.list',
        );
      }
      return;
    case 'config-broken':
      invalidConfigStore.set(event);
      scheduleInvalidate('server-info.get', 'activity.list');
      return;
    case 'config-notices':
      setRead('config-notices.list', () => ({ notices: [...event.notices] }));
      return;
    case 'accounts':
      setRead('auth-files.list', () => ({ files: [...event.files] }));
      if (!first) scheduleInvalidate('activity.list');
      return;
    case 'cooldowns':
      setRead('cooldowns.list', () => ({ cooldowns: [...event.cooldowns] }));
      return;
    case 'auto-off':
      setRead('auto-off.list', () => ({ timers: [...event.timers] }));
      return;
    case 'login':
      loginStore.set(new Map(loginStore.get()).set(event.state, event));
      scheduleInvalidate('activity.list');
      return;
    case 'banned-clients':
      setRead('banned-clients.list', () => ({ clients: [...event.clients] }));
      return;
    case 'limits':
      setRead('account-limits.list', (before) => {
        if (before === undefined) return before;
        const others = before.accounts.filter(({ name }) => name !== event.account.name);
        return { accounts: [...others, event.account] };
      });
      return;
    case 'usage':
      throttleActivity();
      if (usageAwaited) return;
      usageAwaited = true;
      setTimeout(() => {
        usageAwaited = false;
        scheduleInvalidate('usage.get', 'usage-history.get', 'api-key-usage.get', 'client-usage.list', 'costs.get');
      }, usageEveryMs);
      return;
    case 'request':
      for (const listener of requestListeners) listener(event);
      if (event.phase === 'end' && event.request.outcome === 'failure') scheduleInvalidate('requests.list');
      return;
    case 'agents':
      setRead('agents.list', () => ({ agents: [...event.agents] }));
      return;
    case 'log':
      for (const listener of logListeners) listener(event.lines);
      return;
    case 'server':
      serverStore.set(event);
      if (!first) scheduleInvalidate('server-info.get');
  }
}

/** What is read from all requests of a day or more is asked for again at most this often. */
const activityEveryMs = 60_000;
let activityAwaited = false;

function throttleActivity(): void {
  if (activityAwaited) return;
  activityAwaited = true;
  setTimeout(() => {
    activityAwaited = false;
    scheduleInvalidate('account-activity.list', 'costs.history', 'response-times.get');
  }, activityEveryMs);
}

function noticeConfig(event: Extract<AppEvent, { event: 'config' }>): void {
  const { kind } = event.actor;
  if (kind !== 'window') outsideChangeStore.set({ revision: event.revision, actor: kind });
}

/** What is to be asked for again; many events in a row ask once. */
let awaited = new Set<OperationName>();
const gatherMs = 60;

function scheduleInvalidate(...names: readonly OperationName[]): void {
  if (awaited.size === 0) {
    setTimeout(() => {
      const gathered = awaited;
      awaited = new Set();
      invalidate(...gathered).catch((error: unknown) => console.error(error));
    }, gatherMs);
  }
  for (const name of names) awaited.add(name);
}

/** Connects for the life of the page. */
export function startLive(): () => void {
  return transport.listen({
    event: apply,
    link: (link) => {
      const before = linkStore.get().state;
      if (link.state === 'online') {
        // A server that was restarted counts revisions from one again.
        revisions = new Map();
        if (before !== 'connecting') queryClient.invalidateQueries().catch((error: unknown) => console.error(error));
      }
      linkStore.set(link);
    },
  });
}
