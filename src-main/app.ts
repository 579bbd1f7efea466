// Puts the program together: config, accounts, log, usage, logins and the HTTP server. Knows no Electron.
import path from 'node:path';
import { contract } from '../src-shared/contract/index.ts';
import type { AppEvent } from '../src-shared/events.ts';
import { Accounts } from './core/accounts/accounts.ts';
import { AppEvents } from './core/app-events.ts';
import { AuthFiles } from './core/auth-files.ts';
import { type Clock, type Disposer, systemClock } from './core/clock.ts';
import { ConfigStore } from './core/config-store.ts';
import { configView } from './core/config-view.ts';
import { LogFile } from './core/log-file.ts';
import { createLogger, type Logger } from './core/logger.ts';
import { Logins } from './core/login/logins.ts';
import { ManagementKey } from './core/management-key.ts';
import { Dispatchers } from './core/network/dispatchers.ts';
import { RequestLogs } from './core/request-logs.ts';
import { UsageStore } from './core/usage/usage-store.ts';
import { createDispatch, type Dispatch } from './operations/dispatch.ts';
import { createHandlers } from './operations/index.ts';
import { followConfig } from './follow-config.ts';
import { ServerState, startServer } from './server.ts';
import { version } from './version.ts';

export interface AppOptions {
  readonly configFile: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Password for programs on this machine, which then must call `/keep-alive`. */
  readonly localPassword?: string | undefined;
  /** Listen here instead of where the config says. */
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  /** Where the built page is; without it there is no `/management.html`. */
  readonly pageFolder?: URL | undefined;
  readonly clock?: Clock;
  readonly onKeepAliveExpired?: () => void;
}

export interface App {
  readonly dispatch: Dispatch;
  /** The state as events, and then every change. */
  readonly snapshot: () => readonly AppEvent[];
  readonly onEvent: (listener: (event: AppEvent) => void) => Disposer;
  readonly server: ServerState;
  readonly log: Logger;
  /** Finishes running writes and requests; streams get at most 2 s. */
  readonly close: () => Promise<void>;
}
