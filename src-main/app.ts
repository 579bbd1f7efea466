// Puts the program together: config, accounts, log, usage, logins, gateway and the HTTP server. Knows no Electron.
import path from 'node:path';
import { contract } from '../src-shared/contract/index.ts';
import type { AppEvent } from '../src-shared/events.ts';
import { Accounts } from './core/accounts/accounts.ts';
import { AppEvents } from './core/app-events.ts';
import { AuthFiles } from './core/auth-files.ts';
import { type Clock, type Disposer, systemClock } from './core/clock.ts';
import { ConfigStore } from './core/config-store.ts';
import { LogFile } from './core/log-file.ts';
import { createLogger, type Logger } from './core/logger.ts';
import { Logins } from './core/login/logins.ts';
import { ManagementKey } from './core/management-key.ts';
import { Dispatchers } from './core/network/dispatchers.ts';
import { RequestLogs } from './core/request-logs.ts';
import { UsageStore } from './core/usage/usage-store.ts';
import { createDispatch, type Dispatch } from './operations/dispatch.ts';
import { createHandlers } from './operations/index.ts';
