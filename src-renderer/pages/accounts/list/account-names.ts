// What tells an account from others with the same e-mail address, and where its drawer is.
import type { AccountLimits } from '../../../../src-shared/contract/account-limits.ts';
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import { whole } from '../../../components/format.ts';
import type { Text } from '../../../i18n/i18n.ts';

export const accountPath = (name: string): string => `/accounts/file/${encodeURIComponent(name)}`;

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Plan, project, prefix and note, as far as they are known; else how much the account has done. */
export function planText(t: Text, file: AccountFile, limits: AccountLimits | undefined): string {
  const plan = file.plan || limits?.plan || '';
  const parts = [capitalised(plan), file.project_id, file.prefix && `${file.prefix}/`, file.note].filter(Boolean);
  if (parts.length > 0) return parts.join(' · ');
  const count = file.success + file.failed;
  return count === 0 ? t('accounts.unused') : t('accounts.done', { count, number: whole(count) });
}
