// What logins need of the program.
import type { loginsContract } from '../../src-shared/contract/logins.ts';
import type { Parsed } from '../../src-shared/operation.ts';
import type { AppEvents } from '../events/app-events.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import type { Provider } from '../providers/provider.ts';
import type { LoginStates } from './login-states.ts';
import type { AccountSaverOptions } from './save-account.ts';

export interface LoginsOptions extends AccountSaverOptions {
  readonly dispatchers: Dispatchers;
  /** `proxy-url` of the config in force. */
  readonly proxyUrl: () => string;
  readonly events: AppEvents;
  readonly clock: Clock;
  readonly log: Logger;
  /** Milliseconds a login waits for its callback. Default: five minutes. */
  readonly deadline?: number | undefined;
  /** The server's own address, where browsers are sent that have no registered port. */
  readonly address: () => string;
  /** Logins of all instances on one database. Default: those of this one. */
  readonly states?: LoginStates | undefined;
  readonly providers?: readonly Provider[];
  /** `oauth-client-ids` of the config in force. */
  readonly clientIds: () => Readonly<Record<string, string>>;
}

/** Milliseconds a login waits for its callback. */
export const defaultDeadlineMs = 300_000;
/** Milliseconds for which an ended login is remembered. */
export const memoryMs = 3_600_000;
/** Milliseconds a browser waits, so that its page can say how the login ended. */
export const pageTimeoutMs = 1_000;

export type HandIn = Parsed<ReturnType<typeof loginsContract>['login.callback']>;
