// The handlers of the whole contract.
import type { AppContract } from '../../src-shared/contract/index.ts';
import type { UsageStatistics } from '../../src-shared/contract/usage.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { AccountModels } from '../accounts/account-models.ts';
import type { Agents } from '../agents/agents.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import type { Backups } from '../backup/backups.ts';
import type { ConfigVersions } from '../config/config-history.ts';
import type { KeyLabels } from '../config/key-labels.ts';
import type { TimedSettings } from '../config/timed-settings.ts';
import type { LocalCertificates } from '../config/tls/local-certificates.ts';
import type { Activity } from '../diagnostics/activity.ts';
import type { RequestHistory } from '../ledger/request-history.ts';
import type { AccountLimits } from '../limits/account-limits.ts';
import type { Logins } from '../login/logins.ts';
import type { LoginsByState } from '../login/shared-logins.ts';
import type { RequestLogs } from '../logs/request-logs.ts';
import type { UsageHistory } from '../usage/usage-history.ts';
import type { UsageQueue } from '../usage/usage-queue.ts';
import type { UsageStore } from '../usage/usage-store.ts';
import { accountModelHandlers } from './accounts/account-models.ts';
import { authFileHandlers } from './accounts/auth-files.ts';
import { type Cooldowns, cooldownHandlers } from './accounts/cooldowns.ts';
import { foundAccountHandlers } from './accounts/found-accounts.ts';
import { loginHandlers } from './accounts/logins.ts';
import { activityHandlers } from './activity.ts';
import { type Bans, bannedClientHandlers } from './banned-clients.ts';
import { agentHandlers } from './computer/agents.ts';
import { backupHandlers } from './computer/backup.ts';
import { clientKeyHandlers } from './config/client-keys.ts';
import { clientPolicyHandlers } from './config/client-policies.ts';
import { configHandlers } from './config/config.ts';
import { configHistoryHandlers } from './config/config-history.ts';
import { installationHandlers } from './config/installations.ts';
import { listHandlersOf } from './config/lists.ts';
import { localCertificateHandlers } from './config/local-certificate.ts';
import { modelChainHandlers } from './config/model-chains.ts';
import { settingHandlers } from './config/settings.ts';
import { timedSettingsHandlers } from './config/timed-settings.ts';
import { type DiagnosticsParts, diagnosticsHandlers } from './diagnostics.ts';
import { instanceHandlers, type ListInstances } from './instances.ts';
import { logHandlers } from './logs.ts';
import { type RecentRequests, recentRequestHandlers } from './recent-requests.ts';
import { accountActivityHandlers } from './requests/account-activity.ts';
import { type AskLimits, accountLimitHandlers } from './requests/account-limits.ts';
import { costHandlers } from './requests/costs.ts';
import { requestHandlers } from './requests/requests.ts';
import { responseTimeHandlers } from './requests/response-times.ts';
import { type Routes, routeHandlers } from './route.ts';
import { type ServerParts, serverHandlers } from './server.ts';
import { type KeyUsage, usageHandlers } from './usage.ts';
import { usageHistoryHandlers } from './usage-history.ts';

/** The parts of the program that operations act on. */
export interface Core extends ServerParts, DiagnosticsParts {
  /** The settings whose handlers are made: those that the config store was opened with. */
  readonly settings: Settings;
  readonly authFiles: AuthFiles;
  readonly accountModels: AccountModels;
  readonly logins: Logins;
  readonly loginsByState: LoginsByState;
  readonly requestLogs: RequestLogs;
  readonly usage: UsageStore;
  /** Of this program, or of all instances on one database. */
  readonly usageStatistics: () => UsageStatistics | Promise<UsageStatistics>;
  readonly usageQueue: UsageQueue;
  readonly keyUsage: KeyUsage;
  readonly gateway: Cooldowns & RecentRequests & Routes;
  readonly bans: Bans;
  readonly instances: ListInstances;
  readonly timedSettings: TimedSettings;
  readonly labels: KeyLabels;
  /** What stands for a client key, equal over restarts. */
  readonly keyId: (key: string) => string;
  readonly history: ConfigVersions;
  readonly localCertificates: LocalCertificates;
  readonly usageHistory: UsageHistory;
  readonly activity: Activity;
  readonly agents: Agents;
  readonly backups: Backups;
  readonly requests: RequestHistory;
  readonly limits: AccountLimits;
  readonly askLimits: AskLimits;
}

export function createHandlers(core: Core): Implementation<AppContract> {
  return {
    ...configHandlers(core.config),
    ...settingHandlers(core.config, core.settings),
    ...listHandlersOf(core.config),
    ...authFileHandlers(core.authFiles, core.accounts, core.dispatchers, core.limits),
    ...accountModelHandlers(core.config, core.accountModels, core.providers),
    ...cooldownHandlers(core.gateway),
    ...loginHandlers(core.logins, core.loginsByState, core.providers),
    ...logHandlers(core.config, core.logFile, core.requestLogs),
    ...usageHandlers(core.usage, core.usageStatistics, core.usageQueue, core.keyUsage),
    ...bannedClientHandlers(core.bans),
    ...instanceHandlers(core.instances),
    ...timedSettingsHandlers(core.timedSettings),
    ...serverHandlers(core),
    ...clientKeyHandlers(core.config, core.labels, core.keyId),
    ...clientPolicyHandlers(core.config, core.gateway),
    ...modelChainHandlers(core.config),
    ...routeHandlers(core.gateway),
    ...configHistoryHandlers(core.history),
    ...localCertificateHandlers(core.config, core.localCertificates),
    ...usageHistoryHandlers(core.usageHistory),
    ...recentRequestHandlers(core.gateway),
    ...accountLimitHandlers(core.limits, core.askLimits),
    ...accountActivityHandlers(core.requests, core.authFiles),
    ...costHandlers(core.requests, () => core.config.current.config),
    ...responseTimeHandlers(core.requests),
    ...requestHandlers(core.requests, () => core.config.current.config['api-keys']),
    ...activityHandlers(core.activity),
    ...diagnosticsHandlers(core),
    ...foundAccountHandlers(core.authFiles),
    ...installationHandlers(core.config, core.authFiles),
    ...agentHandlers(core.agents),
    ...backupHandlers(core.backups),
  };
}
