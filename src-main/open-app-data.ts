// The data that the program keeps for its window: key labels, config history, usage, timed settings, activity.
import path from 'node:path';
import type { AuthFiles } from './auth-files/auth-files.ts';
import { appDataDir } from './config/app-data-dir.ts';
import { ConfigHistory, historyDir } from './config/config-history.ts';
import { KeyLabels } from './config/key-labels.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import { TimedSettings } from './config/timed-settings.ts';
import { Activity } from './diagnostics/activity.ts';
import type { AppEvents } from './events/app-events.ts';
import type { Logger } from './lib/logger.ts';
import type { Clock } from './lib/time/clock.ts';
import { UsageHistory } from './usage/usage-history.ts';
import type { UsageStore } from './usage/usage-store.ts';

export interface AppDataOptions {
  readonly config: ConfigStore;
  readonly authFiles: AuthFiles;
  readonly usage: UsageStore;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly logger: (source: string) => Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface AppData {
  readonly labels: KeyLabels;
  readonly history: ConfigHistory;
  readonly usageHistory: UsageHistory;
  readonly activity: Activity;
  readonly timedSettings: TimedSettings;
  readonly close: () => Promise<void>;
}

export async function openAppData(options: AppDataOptions): Promise<AppData> {
  const { config, authFiles, usage, events, clock, logger } = options;
  const folder = appDataDir(config.file, options.environment);
  const labels = await KeyLabels.open({ file: path.join(folder, 'key-labels.json'), clock });
  const usageHistory = await UsageHistory.open({
    file: path.join(folder, 'usage.json'),
    usage,
    clock,
    log: logger('usage-history.ts'),
  });
  const history = new ConfigHistory({
    folder: historyDir(config.file, options.environment),
    config,
    clock,
    log: logger('config-history.ts'),
  });
  const timedSettings = await TimedSettings.open({
    file: path.join(folder, 'auto-off.json'),
    config,
    events,
    clock,
    log: logger('timed-settings.ts'),
  });
  const activity = new Activity({ config, authFiles, onEvent: (listener) => events.on(listener), clock });
  return {
    labels,
    history,
    usageHistory,
    activity,
    timedSettings,
    close: async () => {
      activity.close();
      await timedSettings.close();
      await history.close();
      await usageHistory.close();
    },
  };
}
