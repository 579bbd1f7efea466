// What an account needs, in the order in which accounts are listed.
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';

/** `unreachable` is tried again by itself; `needs` is for the person to do. */
export const accountKinds = ['needs', 'unreachable', 'cooling', 'ready', 'off'] as const;
export type AccountKind = (typeof accountKinds)[number];

export function kindOf({
  status,
  trouble,
  disabled,
}: Pick<AccountFile, 'status' | 'trouble' | 'disabled'>): AccountKind {
  if (disabled) return 'off';
  switch (status) {
    case 'error':
      return trouble === 'unreachable' ? 'unreachable' : 'needs';
    case 'cooling':
      return 'cooling';
    case 'unsupported':
    case 'disabled':
      return 'off';
    default:
      return 'ready';
  }
}
