// Handlers of what providers said of the limits of keys and accounts.
import type { accountLimitsContract, AccountLimits as Row } from '../../../src-shared/contract/account-limits.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { AccountLimits } from '../../limits/account-limits.ts';

/** Asks the provider once. Throws Problem `item_not_found` and `not_supported`. */
export type AskLimits = (name: string) => Promise<Row>;

export function accountLimitHandlers(
  limits: AccountLimits,
  ask: AskLimits,
): Implementation<typeof accountLimitsContract> {
  return {
    'account-limits.list': async () => ({ accounts: [...(await limits.list())] }),
    'account-limits.refresh': ({ name }) => ask(name),
  };
}
