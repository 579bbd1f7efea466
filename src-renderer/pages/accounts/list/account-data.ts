// What is known of accounts beside their files: limits, and what they did in the last 24 hours.
import { createContext, useMemo } from 'react';
import type { AccountLimits } from '../../../../src-shared/contract/account-limits.ts';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import type { LifeSlot } from '../../../components/life-line.tsx';
import { useRead } from '../../../state/client.ts';
import { lifeSlots } from './life-slots.ts';

export interface AccountData {
  readonly limits: ReadonlyMap<string, AccountLimits>;
  /** Undefined while it is not known. `now`: milliseconds. */
  readonly life: (file: AccountFile, now: number) => readonly LifeSlot[] | undefined;
}

export const accountDataContext = createContext<AccountData>({ limits: new Map(), life: () => undefined });

export function useAccountData(): AccountData {
  const limits = useRead('account-limits.list').data;
  const activity = useRead('account-activity.list').data;
  return useMemo(() => {
    const counts = new Map(activity?.accounts.map((account) => [account.name, account]));
    return {
      limits: new Map(limits?.accounts.map((account) => [account.name, account])),
      life: (file, now) => (activity === undefined ? undefined : lifeSlots(file, counts.get(file.name), activity, now)),
    };
  }, [limits, activity]);
}
