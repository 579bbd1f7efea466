// The figures for collectors, read from the parts of the program.
import type { Accounts } from './accounts/accounts.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { OpenDatabase } from './database/open-database.ts';
import type { Gateway } from './gateway/gateway-options.ts';
import { Metrics } from './metrics/metrics.ts';
import type { OpenStorage } from './open-storage.ts';
import { version } from './version.ts';

/** Parts that tell the metrics of what they do are asked for only once somebody reads. */
export interface MeasuredParts {
  readonly config: ConfigStore;
  readonly accounts: () => Accounts;
  readonly gateway: () => Gateway;
  readonly storage: () => OpenStorage;
  readonly database: OpenDatabase | undefined;
}

export function openMetrics({ config, accounts, gateway, storage, database }: MeasuredParts): Metrics {
  const metrics = new Metrics({
    version,
    database: () =>
      database && {
        isUp: !database.database.isAway,
        clockOffsetMs: database.instances.clockOffsetMs,
        instances: database.instances.count,
        connections: database.database.connections,
      },
    listedModel: (name) => gateway().listedModel(name),
    load: () => gateway().load(),
    accounts: () => accounts().describe(),
    cooldowns: () => gateway().cooldowns(),
    config: () => ({ revision: config.current.revision, isInvalid: config.invalid !== undefined }),
    ledger: () => storage().requests.counts,
    webhooks: () => storage().webhooks.counts,
    limits: async () => {
      const indexes = new Map(
        accounts()
          .describe()
          .map(({ name, auth_index }) => [name, auth_index]),
      );
      const rows = await storage().limits.list();
      // The limits of keys are named by the masked key, which is no label.
      return rows.flatMap(({ name, provider, windows }) => {
        const index = indexes.get(name);
        return index === undefined ? [] : windows.map(({ id, used }) => ({ provider, index, window: id, used }));
      });
    },
  });
  database?.database.onTimed(({ name, seconds }) => metrics.queried(name, seconds));
  database?.changes.onDelay((seconds) => metrics.changeReceived(seconds));
  return metrics;
}
