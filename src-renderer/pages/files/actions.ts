// What can be done with account files, from every page that shows them.
import type { AccountFile } from '../../../src-shared/contract/auth-files.ts';
import { maskEmail } from '../../components/mask.ts';
import { saveText } from '../../components/save-text.ts';
import { attempt, toastDone, toastFailed } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { call, invalidate, setRead } from '../../state/client.ts';
import { preferencesStore } from '../../state/preferences.ts';

/** How many requests run at once for a bulk action. */
const atOnce = 8;

/** Runs `action` for each, a few at once; what failed does not stop the others. */
export async function forEach<T>(
  items: readonly T[],
  action: (item: T) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const queue = [...items];
  const errors: unknown[] = [];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      try {
        await action(item);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return errors;
}

/** Shows the new state at once; files that could not be changed show the old one again, with the cause. */
export async function setDisabled(files: readonly Pick<AccountFile, 'name'>[], disabled: boolean): Promise<void> {
  const names = new Set(files.map(({ name }) => name));
  setRead(
    'auth-files.list',
    (list) => list && { files: list.files.map((file) => (names.has(file.name) ? { ...file, disabled } : file)) },
  );
  const errors = await forEach([...names], (name) => call('auth-files.set-status', { name, disabled }));
  if (errors.length === 0) return;
  toastFailed(text('files.switchFailed', { count: errors.length }), errors[0]);
  await invalidate('auth-files.list');
}

/** Ends the cooldown of an account; the event that follows shows it as ready. */
export async function endCooldown(name: string): Promise<void> {
  const shown = preferencesStore.get().privacy ? maskEmail(name) : name;
  const done = await attempt(text('files.endCooldownFailed', { name: shown }), () =>
    call('cooldowns.reset', { id: name }),
  );
  if (done) toastDone({ title: text('files.cooldownEnded', { name: shown }) });
}

export async function downloadFile(name: string): Promise<void> {
  await attempt(text('files.downloadFailed', { name }), async () => {
    const { content } = await call('auth-files.download', { name });
    saveText(name, content, 'application/json');
  });
}

/** Deletes files. Their contents are kept until the toast is gone, so that Undo can write them back. */
export async function removeFiles(names: readonly string[]): Promise<boolean> {
  const kept: { readonly name: string; readonly content: string }[] = [];
  const done = await attempt(text('files.deleteFailed', { count: names.length }), async () => {
    await forEach(names, async (name) => {
      const { content } = await call('auth-files.download', { name });
      kept.push({ name, content });
    });
    const { failed } = await call('auth-files.remove', { names: [...names] });
    if (failed?.[0]) throw new Error(`${failed[0].name}: ${failed[0].error}`);
  });
  if (!done) return false;
  toastDone({
    title: text('files.deleted', { count: names.length }),
    ...(kept.length > 0 && { undo: () => call('auth-files.upload', { files: kept }) }),
  });
  return true;
}
