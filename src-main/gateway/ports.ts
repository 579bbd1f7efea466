// What the gateway needs of the rest of the program.
import type { Config } from '../../src-shared/config.ts';
import type { Actor } from '../../src-shared/operation.ts';
import type { Account } from '../accounts/account.ts';
import type { Report } from '../accounts/accounts.ts';
import type { Disposer } from '../lib/time/clock.ts';

export type { Account, Report };

/** The config in force and its changes. */
export interface ConfigSource {
  readonly current: { readonly config: Config };
  onChange(listener: () => void): Disposer;
}

export interface AccountSource {
  list(): readonly Account[];
  onChange(listener: (accounts: readonly Account[]) => void): Disposer;
  /** A new access token; calls at the same time share one request. Throws Problem. */
  refresh(name: string): Promise<Account>;
  report(name: string, report: Report): void;
  /** Ends the rest of one account, or of all. */
  wake(name: string | undefined, actor: Actor): void;
}
