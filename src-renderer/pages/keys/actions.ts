// What can be done with client keys.
import type { ClientKey } from '../../../src-shared/contract/client-keys.ts';
import { maskKey } from '../../components/mask.ts';
import { attempt, toastDone } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { call, invalidate } from '../../state/client.ts';

/** Adds a key with its label; a label that cannot be kept leaves the key in place. */
export async function addKey(key: string, label: string): Promise<void> {
  await call('api-keys.patch', { old: key, new: key });
  if (label !== '') await call('client-keys.label', { key, label });
  await invalidate('client-keys.list');
}

/** Takes a key out of the config. Undo puts it back to its place, with its label. */
export async function revoke({ key, label }: ClientKey): Promise<void> {
  const name = label || maskKey(key);
  const place = (await call('api-keys.get')).items.indexOf(key);
  const done = await attempt(text('keys.revokeFailed', { name }), () => call('api-keys.remove', { value: key }));
  if (!done) return;
  await invalidate('client-keys.list');
  toastDone({
    title: text('keys.revoked', { name }),
    detail: text('keys.revokedNote'),
    undo: async () => {
      const { items } = await call('api-keys.get');
      await call('api-keys.replace', { items: items.toSpliced(place, 0, key) });
      if (label !== '') await call('client-keys.label', { key, label });
      await invalidate('client-keys.list');
    },
  });
}
