// Turns what the parts of the program say of themselves into the announced events.

import type { RefusedClient } from '../src-shared/contract/banned-clients.ts';
import type { Cooldown } from '../src-shared/contract/cooldowns.ts';
import type { SettingTimer } from '../src-shared/contract/timed-settings.ts';
import type { AppEvent, ServerStatus } from '../src-shared/events.ts';
import { byApp } from '../src-shared/operation.ts';
import type { Accounts } from './accounts/accounts.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { AppEvents } from './events/app-events.ts';
import type { Clock, Disposer } from './lib/time/clock.ts';
import type { LogFile } from './logs/log-file.ts';
import type { UsageStore } from './usage/usage-store.ts';

export interface StateSources {
  readonly config: ConfigStore;
  readonly accounts: Accounts;
  readonly events: AppEvents;
  readonly server: () => ServerStatus;
  readonly autoOff: { list(): readonly SettingTimer[] };
}

/** Totals and rests change with every request; people see once a second. */
const gatherMs = 1000;

interface ChangeSources extends StateSources {
  readonly usage: UsageStore;
  readonly logFile: LogFile;
  readonly resting: { cooldowns(): readonly Cooldown[]; onCooldowns(listener: () => void): Disposer };
  readonly refused: { list(): readonly RefusedClient[]; onChange(listener: () => void): Disposer };
  readonly clock: Clock;
}

/** The state as events, for whoever begins to listen. All carry the revision of the newest event. */
export function currentState({ config, accounts, events, server, autoOff }: StateSources): readonly AppEvent[] {
  const common = { revision: events.revision, actor: byApp };
  const broken = config.invalid;
  const timers = autoOff.list();
  return [
    { event: 'config', ...common, config: config.view },
    ...(broken ? [{ event: 'config-broken' as const, ...common, ...broken }] : []),
    ...(timers.length > 0 ? [{ event: 'auto-off' as const, ...common, timers }] : []),
    { event: 'accounts', ...common, files: accounts.describe() },
    { event: 'server', ...common, ...server() },
  ];
}

/** Announces usage, rests, refused clients and log lines; config, accounts, logins and server announce themselves. */
export function publishChanges({ events, usage, logFile, resting, refused, clock }: ChangeSources): Disposer {
  const usageSoon = gathered(clock, () => events.publish('usage', { totals: usage.totals() }, byApp));
  const restsSoon = gathered(clock, () => events.publish('cooldowns', { cooldowns: resting.cooldowns() }, byApp));
  const refusedSoon = gathered(clock, () => events.publish('refused-clients', { clients: refused.list() }, byApp));
  const stopUsage = usage.onChange(usageSoon.ask);
  const stopRefused = refused.onChange(refusedSoon.ask);
  const stopRests = resting.onCooldowns(restsSoon.ask);
  const stopLines = logFile.onLines((lines) => events.publish('log', { lines }, byApp));
  return () => {
    stopUsage();
    stopRests();
    stopRefused();
    stopLines();
    usageSoon.stop();
    restsSoon.stop();
    refusedSoon.stop();
  };
}

/** Many changes in a row are announced once. */
function gathered(clock: Clock, announce: () => void) {
  let stop: Disposer | undefined;
  return {
    ask: () => {
      stop ??= clock.after(gatherMs, () => {
        stop = undefined;
        announce();
      });
    },
    stop: () => stop?.(),
  };
}
