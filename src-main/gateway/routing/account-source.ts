import type { Actor } from '../../../src-shared/operation.ts';
import type { Account } from '../../accounts/account.ts';
import type { Report } from '../../accounts/accounts.ts';
import type { Disposer } from '../../lib/time/clock.ts';

/** What the gateway needs of the accounts. */
export interface AccountSource {
  list(): readonly Account[];
  onChange(listener: (accounts: readonly Account[]) => void): Disposer;
  /**
   * A new access token; calls at the same time share one request. `rejected`: the one that is not taken, `''` when
   * there is none. Throws Problem.
   */
  refresh(name: string, rejected?: string): Promise<Account>;
  report(name: string, report: Report): void;
  /** Ends the cooldown of one account, or of all. */
  endCooldown(name: string | undefined, actor: Actor): void;
}
