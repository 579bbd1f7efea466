// The table of every operation of the program. HTTP routes, IPC, the clients and the API document come from it.
import { accountsContract } from './accounts.ts';
import { refusedClientsContract } from './banned-clients.ts';
import { configContract } from './config.ts';
import { cooldownsContract } from './cooldowns.ts';
import { listsContract } from './lists.ts';
import { logsContract } from './logs.ts';
import { settingsContract } from './settings.ts';
import { autoOffContract } from './timed-settings.ts';
import { usageContract } from './usage.ts';
import { windowContract } from './window.ts';

export const contract = {
  ...configContract,
  ...settingsContract,
  ...listsContract,
  ...accountsContract,
  ...cooldownsContract,
  ...logsContract,
  ...usageContract,
  ...refusedClientsContract,
  ...autoOffContract,
  ...windowContract,
};

export type AppContract = typeof contract;
export type OperationName = keyof AppContract;
