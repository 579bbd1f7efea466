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
import { AccountLimits } from './limits/account-limits.ts';
import type { Dispatchers } from './net/dispatchers.ts';
import { type InstallationSecret, installationSecret } from './storage/installation-secret.ts';
import { databaseFile, SqliteStorage } from './storage/sqlite-storage.ts';
import type { Storage } from './storage/storage.ts';
import { Notices } from './webhooks/notices.ts';
import { webhookSender } from './webhooks/send-webhook.ts';
import { watchNotices } from './webhooks/watch-notices.ts';
import { Webhooks } from './webhooks/webhooks.ts';

/** Hex digits. */
const credentialDigestLength = 24;
const receiverDigestLength = 24;

/** Hex digits. */
const keyIdLength = 12;

export interface StorageOptions {
  readonly config: ConfigStore;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly logger: (source: string) => Logger;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dispatchers: Dispatchers;
  /** Shared with other instances. Default: a file of this machine. */
  readonly shared?: { readonly storage: Storage; readonly secret: InstallationSecret } | undefined;
}

export interface OpenStorage {
  readonly storage: Storage;
  /** What stands for a client key: equal over restarts, tells nothing of it. */
  readonly keyId: (key: string) => string;
  /** The same for a credential. */
  readonly credentialDigest: (credentialId: string) => string;
  readonly requests: RequestHistory;
  readonly limits: AccountLimits;
  readonly notices: Notices;
  readonly webhooks: Pick<Webhooks, 'counts'>;
  readonly close: () => Promise<void>;
}

/** Returns before the file is open: nothing of it is needed to serve requests. */
export function openStorage(options: StorageOptions): OpenStorage {
  const { config, events, clock, logger, dispatchers } = options;
  const log = logger('open-storage.ts');
  const { storage, secret } = options.shared ?? ownStorage(options, log);
  const requestEvents = new RequestEvents(clock, (event) => events.publish('request', event, byApp));
  const requests = new RequestHistory({
    ledger: storage.ledger,
    clock,
    log: logger('request-history.ts'),
    events: requestEvents,
    settings: () => historySettings(config),
  });
  const credentialDigest = (id: string) => secret.digest('credential', id, credentialDigestLength);
  const limits = new AccountLimits({
    store: storage.limits,
    digest: credentialDigest,
    clock,
    log: logger('account-limits.ts'),
  });
  const notices = new Notices(clock, storage.webhooks, (error) => log.error(`a notice was not told: ${String(error)}`));
  const webhooks = new Webhooks({
    config: () => config.current.config,
    queue: storage.webhooks,
    digest: (url) => secret.digest('webhook', url, receiverDigestLength),
    send: webhookSender(dispatchers, () => config.current.config['proxy-url'], clock),
    clock,
    log: logger('webhooks.ts'),
  });
  const disposers = [
    notices.on((notice) => webhooks.tell(notice)),
    notices.on((notice) => events.publish('notice', notice, byApp)),
    watchNotices(notices, {
      clock,
      onEvent: (listener) => events.on(listener),
      onFinished: (listener) => requests.onFinished(listener),
      onWindowChange: (listener) => limits.onWindowChange(listener),
      storage,
    }),
    limits.onChange((account) => events.publish('limits', { account }, byApp)),
  ];
  return {
    notices,
    webhooks,
    storage,
    credentialDigest,
    keyId: (key) => secret.digest('client key', key, keyIdLength),
    requests,
    limits,
    close: async () => {
      for (const dispose of disposers) dispose();
      await webhooks.close();
      await limits.close();
      requestEvents.close();
      await requests.close();
      await storage.close();
    },
  };
}

/** In the program's own folder of this user. */
function ownStorage({ config, clock, logger, environment }: StorageOptions, log: Logger) {
  const userDir = appDir({ platform: process.platform, env: environment, home: os.homedir() });
  const secret = installationSecret(userDir, ({ message }) =>
    log.warning(`the ids of client keys will be others after a restart: ${message}`),
  );
  const file = databaseFile(config.file, userDir);
  return { storage: new SqliteStorage({ file, clock, log: logger('storage.ts') }), secret };
}

function historySettings({ current }: ConfigStore): HistorySettings {
  const { enabled, days, 'max-mb': maxMb } = current.config['request-history'];
  return { enabled, days, maxMb };
}
