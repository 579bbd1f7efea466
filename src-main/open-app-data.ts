// The data that the program keeps for itself: key labels, config history, usage, timed settings, activity, and names
// of models that accounts were found to have.
import path from 'node:path';
import type { UsageStatistics } from '../src-shared/contract/usage.ts';
import { LearnedModels } from './accounts/learned-models.ts';
import type { AuthFiles } from './auth-files/auth-files.ts';
import { appDataDir } from './config/app-data-dir.ts';
import { ConfigHistory, type ConfigVersions, historyDir } from './config/config-history.ts';
import { KeyLabels } from './config/key-labels.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import { TimedSettings } from './config/timed-settings.ts';
import { LocalCertificates } from './config/tls/local-certificates.ts';
import { Activity } from './diagnostics/activity.ts';
import type { AppDataState } from './diagnostics/doctor.ts';
import type { AppEvents } from './events/app-events.ts';
import { removeLeftoversIn } from './lib/files/atomic-file.ts';
import { isAbsent } from './lib/files/file-errors.ts';
import { type UnreadableFile, unreadableSentence } from './lib/files/json-file.ts';
import { fileDocument, type OpenDocument } from './lib/files/stored-document.ts';
import type { Logger } from './lib/logger.ts';
import type { Clock } from './lib/time/clock.ts';
import type { OpenStorage } from './open-storage.ts';
import { sharedStatistics } from './usage/shared-statistics.ts';
import { UsageHistory } from './usage/usage-history.ts';
import type { UsageStore } from './usage/usage-store.ts';

export interface AppDataOptions {
  readonly config: ConfigStore;
  readonly authFiles: AuthFiles;
  readonly usage: UsageStore;
  readonly opened: Pick<OpenStorage, 'storage' | 'requests'>;
  /** Small documents of several instances. Default: files of this machine. */
  readonly documents?: OpenDocument | undefined;
  /** Where several instances keep their config, and so its versions. Default: files of this machine. */
  readonly versions?: ConfigVersions | undefined;
  /** What stands for a client key, equal over restarts. */
  readonly keyId: (key: string) => string;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly logger: (source: string) => Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface AppData {
  readonly labels: KeyLabels;
  readonly history: ConfigVersions;
  /** Of this program, or of all instances. */
  readonly usageStatistics: () => UsageStatistics | Promise<UsageStatistics>;
  readonly usageHistory: UsageHistory;
  readonly activity: Activity;
  readonly timedSettings: TimedSettings;
  readonly learned: LearnedModels;
  readonly localCertificates: LocalCertificates;
  readonly appData: AppDataState;
  readonly close: () => Promise<void>;
}

/** What cannot be read is logged and done without: nothing of it is needed to serve requests. */
export async function openAppData(options: AppDataOptions): Promise<AppData> {
  const { config, authFiles, usage, events, clock, logger } = options;
  const folder = appDataDir(config.file, options.environment);
  const log = logger('open-app-data.ts');
  for (const used of [folder, historyDir(config.file, options.environment)]) removeLeftovers(used, log);
  const unreadable: UnreadableFile[] = [];
  const onUnreadable = (file: UnreadableFile) => {
    unreadable.push(file);
    log.warning(unreadableSentence(file));
  };
  const open: OpenDocument =
    options.documents ?? ((name) => fileDocument(path.join(folder, `${name}.json`), onUnreadable));
  const labels = await KeyLabels.open({ stored: open('key-labels'), clock });
  const usageHistory = await UsageHistory.open({
    earlierFile: path.join(folder, 'usage.json'),
    store: options.opened.storage.usage,
    usage,
    keyId: options.keyId,
    clientKeys: () => config.current.config['api-keys'],
    clock,
    log: logger('usage-history.ts'),
    onUnreadable,
  });
  const history =
    options.versions ??
    new ConfigHistory({
      folder: historyDir(config.file, options.environment),
      config,
      clock,
      log: logger('config-history.ts'),
    });
  const timedSettings = await TimedSettings.open({
    stored: open('auto-off'),
    config,
    events,
    clock,
    log: logger('timed-settings.ts'),
  });
  const learned = await LearnedModels.open({
    file: path.join(folder, 'learned-models.json'),
    clock,
    log: logger('learned-models.ts'),
    onUnreadable,
  });
  const activity = new Activity({ config, authFiles, onEvent: (listener) => events.on(listener), clock });
  return {
    labels,
    history,
    usageStatistics:
      options.versions === undefined ? () => usage.statistics() : () => statisticsOfAll(options, usageHistory),
    usageHistory,
    activity,
    timedSettings,
    learned,
    localCertificates: new LocalCertificates(path.join(folder, 'tls'), clock),
    appData: { folder, unreadable },
    close: async () => {
      activity.close();
      await learned.close();
      await timedSettings.close();
      await history.close();
      await usageHistory.close();
    },
  };
}

function statisticsOfAll({ opened, keyId, config }: AppDataOptions, usageHistory: UsageHistory) {
  return sharedStatistics({
    hours: async () => (await usageHistory.read()).hours,
    newest: (limit) => opened.requests.page({ filter: {}, limit }),
    keyId,
    clientKeys: () => config.current.config['api-keys'],
  });
}

/** Of programs that were killed while they wrote. */
function removeLeftovers(folder: string, log: Logger): void {
  try {
    removeLeftoversIn(folder);
  } catch (error) {
    if (!isAbsent(error)) log.warning(`temporary files in ${folder} were not removed: ${(error as Error).message}`);
  }
}
