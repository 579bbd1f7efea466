// The figures for collectors, read from the parts of the program.
import type { Accounts } from './accounts/accounts.ts';
import type { ConfigStore } from './config/store/config-store.ts';
import type { Gateway } from './gateway/gateway-options.ts';
import type { RequestHistory } from './ledger/request-history.ts';
import { Metrics } from './metrics/metrics.ts';
import { version } from './version.ts';

/** Parts that tell the metrics of what they do are asked for only once somebody reads. */
export interface MeasuredParts {
  readonly config: ConfigStore;
  readonly accounts: () => Accounts;
  readonly gateway: () => Gateway;
  readonly requests: () => RequestHistory;
}

export function openMetrics({ config, accounts, gateway, requests }: MeasuredParts): Metrics {
  return new Metrics({
    version,
    listedModel: (name) => gateway().listedModel(name),
    load: () => gateway().load(),
    accounts: () => accounts().describe(),
    cooldowns: () => gateway().cooldowns(),
    config: () => ({ revision: config.current.revision, isInvalid: config.invalid !== undefined }),
    ledger: () => requests().counts,
  });
}
