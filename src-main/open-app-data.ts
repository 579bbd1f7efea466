// What the program keeps for its window: labels, earlier versions of the config, usage, and what happened.
import path from 'node:path';
import type { AuthFiles } from './auth-files/auth-files.ts';
import { dataFolder } from './config/app-data-dir.ts';
import { ConfigHistory, historyFolder } from './config/config-history.ts';
import { KeyLabels } from './config/key-labels.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import { AutoOff } from './config/timed-settings.ts';
import { Activity } from './diagnostics/activity.ts';
import type { AppEvents } from './events/app-events.ts';
import type { Logger } from './lib/logger.ts';
import type { Clock } from './lib/time/clock.ts';
import { UsageHistory } from './usage/usage-history.ts';
import type { UsageStore } from './usage/usage-store.ts';

export interface WindowStateOptions {
  readonly config: ConfigStore;
  readonly authFiles: AuthFiles;
  readonly usage: UsageStore;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly logger: (source: string) => Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface WindowState {
  readonly labels: KeyLabels;
  readonly history: ConfigHistory;
  readonly usageHistory: UsageHistory;
  readonly activity: Activity;
  readonly autoOff: AutoOff;
  readonly close: () => Promise<void>;
}

export async function openWindowState(options: WindowStateOptions): Promise<WindowState> {
  const { config, authFiles, usage, events, clock, logger } = options;
  const folder = dataFolder(config.file, options.environment);
  const labels = await KeyLabels.open({ file: path.join(folder, 'key-labels.json'), clock });
  const usageHistory = await UsageHistory.open({
    file: path.join(folder, 'usage.json'),
    usage,
    clock,
    log: logger('usage-history.ts'),
  });
  const history = new ConfigHistory({
    folder: historyFolder(config.file, options.environment),
    config,
    clock,
    log: logger('config-history.ts'),
  });
  const autoOff = await AutoOff.open({
    file: path.join(folder, 'auto-off.json'),
    config,
    events,
    clock,
    log: logger('auto-off.ts'),
  });
  const activity = new Activity({ config, authFiles, onEvent: (listener) => events.on(listener), clock });
  return {
    labels,
    history,
    usageHistory,
    activity,
    autoOff,
    close: async () => {
      activity.close();
      await autoOff.close();
      await history.close();
      await usageHistory.close();
    },
  };
}
