// The handlers of the whole contract.
import type { AppContract } from '../../src-shared/contract/index.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import type { TimedSettings } from '../config/timed-settings.ts';
import type { Logins } from '../login/logins.ts';
import type { LogFile } from '../logs/log-file.ts';
import type { RequestLogs } from '../logs/request-logs.ts';
import type { UsageStore } from '../usage/usage-store.ts';
import { authFileHandlers } from './auth-files.ts';
import { type RefusedClients, refusedClientHandlers } from './banned-clients.ts';
import { configHandlers } from './config.ts';
import { cooldownHandlers, type Resting } from './cooldowns.ts';
import { listHandlersOf } from './lists.ts';
import { loginHandlers } from './logins.ts';
import { logHandlers } from './logs.ts';
import { settingHandlers } from './settings.ts';
import { autoOffHandlers } from './timed-settings.ts';
import { type KeyUsage, usageHandlers } from './usage.ts';
import { type WindowCore, windowHandlers } from './window.ts';

/** The parts of the program that operations act on. */
export interface Core extends WindowCore {
  readonly config: ConfigStore;
  readonly authFiles: AuthFiles;
  readonly accounts: Accounts;
  readonly logins: Logins;
  readonly logFile: LogFile;
  readonly requestLogs: RequestLogs;
  readonly usage: UsageStore;
  readonly keyUsage: KeyUsage;
  readonly resting: Resting;
  readonly refused: RefusedClients;
  readonly autoOff: TimedSettings;
  readonly version: string;
}

export function createHandlers(core: Core): Implementation<AppContract> {
  return {
    ...configHandlers(core.config),
    ...settingHandlers(core.config),
    ...listHandlersOf(core.config),
    ...authFileHandlers(core.authFiles, core.accounts),
    ...cooldownHandlers(core.resting),
    ...loginHandlers(core.logins),
    ...logHandlers(core.config, core.logFile, core.requestLogs, core.version),
    ...usageHandlers(core.usage, core.keyUsage),
    ...refusedClientHandlers(core.refused),
    ...autoOffHandlers(core.autoOff),
    ...windowHandlers(core),
  };
}
