// The table of every operation of the program. HTTP routes, IPC, the clients and the API document come from it.
import { loginNames } from '../providers.ts';
import { type SettingsTable, settings } from '../settings.ts';
import { activityContract } from './activity.ts';
import { authFilesContract } from './auth-files.ts';
import { refusedClientsContract } from './banned-clients.ts';
import { clientKeysContract } from './client-keys.ts';
import { configContract } from './config.ts';
import { configHistoryContract } from './config-history.ts';
import { cooldownsContract } from './cooldowns.ts';
import { diagnosticsContract } from './diagnostics.ts';
import { foundAccountsContract } from './found-accounts.ts';
import { listsContract } from './lists.ts';
import { loginsContract } from './logins.ts';
import { logsContract } from './logs.ts';
import { serverContract } from './server.ts';
import { settingsContract } from './settings.ts';
import { timedSettingsContract } from './timed-settings.ts';
import { usageContract } from './usage.ts';
import { usageHistoryContract } from './usage-history.ts';

/** The contract of a program with these settings and logins. */
export const createContract = <T extends SettingsTable>(table: T, logins: readonly string[]) => ({
  ...configContract(table),
  ...settingsContract(table),
  ...listsContract,
  ...authFilesContract,
  ...loginsContract(logins),
  ...cooldownsContract,
  ...logsContract,
  ...usageContract,
  ...refusedClientsContract,
  ...timedSettingsContract,
  ...serverContract,
  ...clientKeysContract,
  ...configHistoryContract,
  ...usageHistoryContract,
  ...activityContract,
  ...diagnosticsContract,
  ...foundAccountsContract,
});

export const contract = createContract(settings, loginNames);

export type AppContract = typeof contract;
export type OperationName = keyof AppContract;
