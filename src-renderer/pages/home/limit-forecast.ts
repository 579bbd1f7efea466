// When a limit will be used up, if it is used on as it was since its window began.
import type { AccountLimits, AccountLimitWindow } from '../../../src-shared/contract/account-limits.ts';
import { windowLength } from '../../components/limit-window.ts';

/** Less of the window's time says too little. */
const minGone = 0.2;

export interface LimitForecast {
  readonly account: AccountLimits;
  readonly window: AccountLimitWindow;
  /** Milliseconds since the epoch. */
  readonly usedUpAt: number;
  readonly renewsAt: number;
}

/** Undefined: it will last, or nothing can be said. */
export function usedUpAt(
  { id, used, resets_at, renewed }: Pick<AccountLimitWindow, 'id' | 'used' | 'resets_at' | 'renewed'>,
  seenAt: number,
  now: number,
): number | undefined {
  const length = windowLength(id);
  if (length === undefined || resets_at === null || renewed === true || used <= 0 || used >= 1) return undefined;
  const renewsAt = Date.parse(resets_at);
  const gone = seenAt - (renewsAt - length);
  if (renewsAt <= now || gone < length * minGone) return undefined;
  const at = renewsAt - length + gone / used;
  return at < renewsAt ? Math.max(at, now) : undefined;
}

/** The soonest first, one for each account. */
export function limitForecasts(accounts: readonly AccountLimits[], now: number): readonly LimitForecast[] {
  return accounts
    .flatMap((account) => {
      const [first] = account.windows
        .flatMap((window): LimitForecast[] => {
          const at = usedUpAt(window, Date.parse(account.seen_at), now);
          return at === undefined
            ? []
            : [{ account, window, usedUpAt: at, renewsAt: Date.parse(window.resets_at ?? '') }];
        })
        .sort(bySoonest);
      return first === undefined ? [] : [first];
    })
    .sort(bySoonest);
}

const bySoonest = (one: LimitForecast, other: LimitForecast): number => one.usedUpAt - other.usedUpAt;
