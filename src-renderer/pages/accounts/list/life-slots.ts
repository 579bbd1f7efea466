// The last 24 hours of one account, from what was counted and what is known of its state.
import type { AccountActivity, ActivitySlots } from '../../../../src-shared/contract/account-activity.ts';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import type { LifeSlot, LifeState } from '../../../components/life-line.tsx';
import { kindOf } from './account-kind.ts';

type File = Pick<AccountFile, 'status' | 'trouble' | 'disabled' | 'status_since' | 'created_at'>;

/**
 * Half hours with requests say what came of them. The others take the account's state: the present one since it began,
 * off before there was an account, and ready in between, as nothing is kept of states that have passed.
 */
export function lifeSlots(
  file: File,
  counts: ActivitySlots | undefined,
  { slot_ms: slotMs, from }: Pick<AccountActivity, 'slot_ms' | 'from'>,
  now: number,
): readonly LifeSlot[] {
  const present = idleState(file);
  const since = Date.parse(file.status_since) || (file.disabled ? 0 : now);
  const created = Date.parse(file.created_at) || 0;
  const length = Math.max(counts?.answered.length ?? 0, 48);
  return Array.from({ length }, (_, index) => {
    const start = from + index * slotMs;
    const end = start + slotMs;
    const answered = counts?.answered[index] ?? 0;
    const refused = counts?.refused[index] ?? 0;
    const idle = end <= created ? 'off' : end > since ? present : 'ready';
    // One refusal among many answers is no trouble; where most were refused it is.
    const state = refused > answered ? 'refused' : answered > 0 ? 'answered' : idle;
    return { start, state, answered, refused };
  });
}

function idleState(file: File): LifeState {
  switch (kindOf(file)) {
    case 'cooling':
      return 'cooling';
    case 'ready':
      return 'ready';
    default:
      return 'off';
  }
}
