// Turns what the parts of the program say of themselves into the announced events.
import type { AppEvent, ServerStatus } from '../../src-shared/events.ts';
import type { Actor } from '../../src-shared/operation.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { AppEvents } from './app-events.ts';
import type { Clock, Disposer } from './clock.ts';
import type { ConfigStore } from './config-store.ts';
import { configView } from './config-view.ts';
import type { LogFile } from './log-file.ts';
import type { UsageStore } from './usage/usage-store.ts';

export interface State {
  readonly config: ConfigStore;
  readonly accounts: Accounts;
  readonly events: AppEvents;
  readonly server: () => ServerStatus;
}

const app: Actor = { kind: 'app' };
/** Totals change with every request; people see once a second. */
const usageEveryMs = 1000;

/** The state as events, for whoever begins to listen. All carry the revision of the newest event. */
export function currentState({ config, accounts, events, server }: State): readonly AppEvent[] {
  const common = { revision: events.revision, actor: app };
  const broken = config.broken;
  return [
    { event: 'config', ...common, config: configView(config.current.config) },
    ...(broken ? [{ event: 'config-broken' as const, ...common, ...broken }] : []),
    { event: 'accounts', ...common, files: accounts.describe() },
    { event: 'server', ...common, ...server() },
  ];
}

/** Announces usage and log lines; config, accounts, logins and server announce themselves. */
export function announceChanges({
  events,
  usage,
  logFile,
  clock,
}: State & { readonly usage: UsageStore; readonly logFile: LogFile; readonly clock: Clock }): Disposer {
  let stopTimer: Disposer | undefined;
  const stopUsage = usage.onChange(() => {
    stopTimer ??= clock.after(usageEveryMs, () => {
      stopTimer = undefined;
      events.announce('usage', { totals: usage.totals() }, app);
    });
  });
  const stopLines = logFile.onLines((lines) => events.announce('log', { lines }, app));
  return () => {
    stopUsage();
    stopLines();
    stopTimer?.();
  };
}
