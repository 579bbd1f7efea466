// Tries again what would be tried later by itself.
import { maskEmail } from '../../../components/mask.ts';
import { toastDone, toastFailed } from '../../../components/toast.tsx';
import { text } from '../../../i18n/i18n.ts';
import { call, setRead } from '../../../state/client.ts';
import { preferencesStore } from '../../../state/preferences.ts';
import { forEach } from '../../files/actions.ts';

/** Ends cooldowns and brings the next try of failed refreshes forward; what comes of it is told by events. */
export async function retryAccounts(names: readonly string[]): Promise<void> {
  const errors = await forEach(names, (name) => call('cooldowns.reset', { id: name }));
  const count = names.length - errors.length;
  if (count > 0) toastDone({ title: text('accounts.retried', { count }) });
  if (errors.length > 0) toastFailed(text('accounts.retryFailed', { count: errors.length }), errors[0]);
}

/** Asks the provider for the limits of an account once. */
export async function askLimits(name: string): Promise<void> {
  const shown = preferencesStore.get().privacy ? maskEmail(name) : name;
  try {
    const limits = await call('account-limits.refresh', { name });
    setRead(
      'account-limits.list',
      (list) => list && { accounts: [...list.accounts.filter((each) => each.name !== name), limits] },
    );
    toastDone({ title: text('accounts.limitsAsked', { name: shown }) });
  } catch (error) {
    toastFailed(text('accounts.limitsFailed', { name: shown }), error);
  }
}
