// The table of every operation of the program. HTTP routes, IPC, the clients and the API document come from it.
import { loginNames } from '../providers.ts';
import { type SettingsTable, settings } from '../settings.ts';
import { accountActivityContract } from './account-activity.ts';
import { accountLimitsContract } from './account-limits.ts';
import { accountModelsContract } from './account-models.ts';
import { activityContract } from './activity.ts';
import { agentsContract } from './agents.ts';
import { authFilesContract } from './auth-files.ts';
import { backupContract } from './backup.ts';
import { bannedClientsContract } from './banned-clients.ts';
import { clientKeysContract } from './client-keys.ts';
import { clientPoliciesContract } from './client-policies.ts';
import { configContract } from './config.ts';
import { configHistoryContract } from './config-history.ts';
import { cooldownsContract } from './cooldowns.ts';
import { costsContract } from './costs.ts';
import { diagnosticsContract } from './diagnostics.ts';
import { foundAccountsContract } from './found-accounts.ts';
import { installationsContract } from './installations.ts';
import { instancesContract } from './instances.ts';
import { listsContract } from './lists.ts';
import { localCertificateContract } from './local-certificate.ts';
import { loginsContract } from './logins.ts';
import { logsContract } from './logs.ts';
import { modelChainsContract } from './model-chains.ts';
import { recentRequestsContract } from './recent-requests.ts';
import { requestsContract } from './requests.ts';
import { responseTimesContract } from './response-times.ts';
import { routeContract } from './route.ts';
import { serverContract } from './server.ts';
import { settingsContract } from './settings.ts';
import { timedSettingsContract } from './timed-settings.ts';
import { usageContract } from './usage.ts';
import { usageHistoryContract } from './usage-history.ts';

/** The contract of a program with these settings and logins, by subject; the API explorer groups operations so. */
export const createContractGroups = <T extends SettingsTable>(table: T, logins: readonly string[]) => ({
  settings: {
    ...configContract(table),
    ...settingsContract(table),
    ...timedSettingsContract,
    ...configHistoryContract,
    ...installationsContract,
  },
  keys: { ...listsContract, ...clientKeysContract, ...clientPoliciesContract, ...modelChainsContract },
  accounts: {
    ...authFilesContract,
    ...accountModelsContract,
    ...loginsContract(logins),
    ...cooldownsContract,
    ...routeContract,
    ...foundAccountsContract,
  },
  activity: {
    ...logsContract,
    ...usageContract,
    ...usageHistoryContract,
    ...recentRequestsContract,
    ...requestsContract,
    ...accountLimitsContract,
    ...accountActivityContract,
    ...costsContract,
    ...responseTimesContract,
    ...activityContract,
  },
  tools: { ...agentsContract },
  server: {
    ...serverContract,
    ...backupContract,
    ...localCertificateContract,
    ...bannedClientsContract,
    ...instancesContract,
    ...diagnosticsContract,
  },
});

export type ContractGroup = keyof ReturnType<typeof createContractGroups>;

/** The contract of a program with these settings and logins. */
export function createContract<T extends SettingsTable>(table: T, logins: readonly string[]) {
  const groups = createContractGroups(table, logins);
  return {
    ...groups.settings,
    ...groups.keys,
    ...groups.accounts,
    ...groups.activity,
    ...groups.tools,
    ...groups.server,
  };
}

export const contract = createContract(settings, loginNames);

export type AppContract = typeof contract;
export type OperationName = keyof AppContract;
