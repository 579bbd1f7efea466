// Publishes the state of the program and its changes as events.
import type { RejectedClient } from '../src-shared/contract/banned-clients.ts';
import type { Cooldown } from '../src-shared/contract/cooldowns.ts';
import type { RecentRequest } from '../src-shared/contract/recent-requests.ts';
import type { SettingTimer } from '../src-shared/contract/timed-settings.ts';
import type { AppEvent, ServerStatus } from '../src-shared/events.ts';
import { byApp } from '../src-shared/operation.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { AppEvents } from './events/app-events.ts';
import type { Clock, Disposer } from './lib/time/clock.ts';
import { throttle } from './lib/time/throttle.ts';
import type { LogFile } from './logs/log-file.ts';
import type { UsageStore } from './usage/usage-store.ts';

export interface StateSources {
  readonly config: ConfigStore;
  readonly accounts: Accounts;
  readonly events: AppEvents;
  readonly server: () => ServerStatus;
  readonly timedSettings: { list(): readonly SettingTimer[] };
}

/** Totals and cooldowns change with every request; once a second is enough for people. */
const publishMs = 1000;

interface ChangeSources extends StateSources {
  readonly usage: UsageStore;
  readonly logFile: LogFile;
  readonly gateway: {
    cooldowns(): readonly Cooldown[];
    onCooldowns(listener: () => void): Disposer;
    recentRequests(): readonly RecentRequest[];
    onRecentRequests(listener: () => void): Disposer;
  };
  readonly bans: { list(): readonly RejectedClient[]; onChange(listener: () => void): Disposer };
  readonly clock: Clock;
}

/** The present state as events, for a new listener. All carry the revision of the newest event. */
export function currentState(sources: StateSources): readonly AppEvent[] {
  const { config, accounts, events, server, timedSettings } = sources;
  const common = { revision: events.revision, actor: byApp };
  const { invalid } = config;
  const timers = timedSettings.list();
  return [
    { event: 'config', ...common, config: config.view },
    ...(invalid ? [{ event: 'config-broken' as const, ...common, ...invalid }] : []),
    ...(timers.length > 0 ? [{ event: 'auto-off' as const, ...common, timers }] : []),
    { event: 'config-notices', ...common, notices: config.current.notices },
    { event: 'accounts', ...common, files: accounts.describe() },
    { event: 'server', ...common, ...server() },
  ];
}

/** Publishes usage, recent requests, cooldowns, bans and log lines. Config, accounts, logins and the server publish their own events. */
export function publishChanges({ events, usage, logFile, gateway, bans, clock }: ChangeSources): Disposer {
  const publishUsage = throttle(clock, publishMs, () => events.publish('usage', { totals: usage.totals() }, byApp));
  const publishCooldowns = throttle(clock, publishMs, () =>
    events.publish('cooldowns', { cooldowns: gateway.cooldowns() }, byApp),
  );
  const publishRequests = throttle(clock, publishMs, () =>
    events.publish('recent-requests', { requests: gateway.recentRequests() }, byApp),
  );
  const publishBans = throttle(clock, publishMs, () =>
    events.publish('banned-clients', { clients: bans.list() }, byApp),
  );
  const disposers: readonly Disposer[] = [
    usage.onChange(publishUsage.schedule),
    bans.onChange(publishBans.schedule),
    gateway.onCooldowns(publishCooldowns.schedule),
    gateway.onRecentRequests(publishRequests.schedule),
    logFile.onLines((lines) => events.publish('log', { lines }, byApp)),
    publishUsage.stop,
    publishCooldowns.stop,
    publishRequests.stop,
    publishBans.stop,
  ];
  return () => {
    for (const dispose of disposers) dispose();
  };
}
