// The fullest limit of each account, as lines of the tray's menu.
import type { AccountLimits } from '../../../src-shared/contract/account-limits.ts';
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { providerOfType, signInProviders } from '../../../src-shared/providers.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { item, separator, type TrayItem } from './tray-item.ts';

export interface TrayLimit {
  /** `Codex work@`: an e-mail address ends at its @, others may look at the menu. */
  readonly account: string;
  /** Such as `5h`, `7d`. */
  readonly window: string;
  /** From 0 to 1. */
  readonly used: number;
  /** ISO 8601; null: not known. */
  readonly resetsAt: string | null;
}

const shown = 4;

/** How the menu calls an account. */
export function accountLabel({ type, email, label, name }: AccountFile): string {
  const title = providerOfType(signInProviders, type)?.title ?? type;
  const who = (email || label || name).replace(/@.*$/s, '@');
  return [title, who].filter(Boolean).join(' ');
}

/** The fullest window of an account; undefined while none is known. A window that was renewed is empty. */
export function fullestLimit({ windows }: AccountLimits, account: string): TrayLimit | undefined {
  const [fullest] = windows
    .map(({ id, used, resets_at, renewed }): TrayLimit => {
      return { account, window: id, used: renewed === true ? 0 : used, resetsAt: renewed === true ? null : resets_at };
    })
    .sort((one, other) => other.used - one.used);
  return fullest;
}

/** The fullest first; nothing while no limit is known. */
export function limitItems(limits: readonly TrayLimit[], text: DesktopText): readonly TrayItem[] {
  if (limits.length === 0) return [];
  const open = { type: 'open', route: 'accounts' } as const;
  const sorted = [...limits].sort((one, other) => other.used - one.used || (one.account < other.account ? -1 : 1));
  const left = sorted.length - shown;
  return [
    separator,
    ...sorted.slice(0, shown).map((limit) => item(limitLine(limit, text), open)),
    ...(left > 0 ? [item(text.moreAccounts(left), open)] : []),
  ];
}

function limitLine({ account, window, used, resetsAt }: TrayLimit, text: DesktopText): string {
  const name = text.limitWindow(window);
  const time = resetsAt === null ? undefined : text.limitTime(new Date(resetsAt));
  if (used >= 1) return text.limitReached(account, name, time);
  return text.limitUsed(account, name, Math.floor(used * 100), time);
}
