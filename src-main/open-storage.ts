// Opens what keeps requests, counters and limits, and the history on top of it.
import os from 'node:os';
import { byApp } from '../src-shared/operation.ts';
import { appDir } from './config/app-paths.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { AppEvents } from './events/app-events.ts';
import { RequestEvents } from './ledger/request-events.ts';
import { type HistorySettings, RequestHistory } from './ledger/request-history.ts';
import type { Logger } from './lib/logger.ts';
import type { Clock } from './lib/time/clock.ts';
import { type InstallationSecret, installationSecret } from './storage/installation-secret.ts';
import { databaseFile, SqliteStorage } from './storage/sqlite-storage.ts';
import type { Storage } from './storage/storage.ts';

export interface StorageOptions {
  readonly config: ConfigStore;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly logger: (source: string) => Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface OpenStorage {
  readonly storage: Storage;
  readonly secret: InstallationSecret;
  readonly requests: RequestHistory;
  readonly close: () => Promise<void>;
}

/** Returns before the file is open: nothing of it is needed to serve requests. */
export function openStorage({ config, events, clock, logger, environment }: StorageOptions): OpenStorage {
  const log = logger('open-storage.ts');
  const userDir = appDir({ platform: process.platform, env: environment, home: os.homedir() });
  const secret = installationSecret(userDir, ({ message }) =>
    log.warning(`the ids of client keys will be others after a restart: ${message}`),
  );
  const storage = new SqliteStorage({ file: databaseFile(config.file, userDir), clock, log: logger('storage.ts') });
  const requestEvents = new RequestEvents(clock, (event) => events.publish('request', event, byApp));
  const requests = new RequestHistory({
    ledger: storage.ledger,
    clock,
    log: logger('request-history.ts'),
    events: requestEvents,
    settings: () => historySettings(config),
  });
  return {
    storage,
    secret,
    requests,
    close: async () => {
      requestEvents.close();
      await requests.close();
      await storage.close();
    },
  };
}

function historySettings({ current }: ConfigStore): HistorySettings {
  const { enabled, days, 'max-mb': maxMb } = current.config['request-history'];
  return { enabled, days, maxMb };
}
