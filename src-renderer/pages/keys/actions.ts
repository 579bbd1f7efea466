// What can be done with client keys.
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import type { ClientKey } from '../../../src-shared/contract/client-keys.ts';
import { anyKey } from '../../../src-shared/policy-terms.ts';
import { maskKey } from '../../components/mask.ts';
import { attempt, toastDone } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { call, invalidate } from '../../state/client.ts';
import { restricts } from './policy-draft.ts';

const refresh = () => invalidate('client-keys.list', 'client-policies.get', 'client-usage.list');

const ownPolicy = async (key: string): Promise<ClientPolicy | undefined> =>
  (await call('client-policies.get')).items.find((policy) => policy['api-key'] === key);

/** Writes a key's policy; one that restricts nothing is taken out of the config. */
export async function writePolicy(policy: ClientPolicy): Promise<void> {
  const key = policy['api-key'];
  const before = await ownPolicy(key);
  if (!restricts(policy)) {
    if (before !== undefined) await call('client-policies.remove', { 'api-key': key });
  } else if (before === undefined) {
    const { items } = await call('client-policies.get');
    await call('client-policies.replace', { items: [...items, policy] });
  } else {
    // A replaced policy keeps its name unless it is told another one.
    const cleared = policy.name === undefined && before.name !== undefined;
    await call('client-policies.patch', { match: key, value: { ...policy, ...(cleared && { name: '' }) } });
  }
}

/** Saves what the form says of a key: a new key first, then its label, then its policy. */
export function saveKey(policy: ClientPolicy, label: string, labelBefore: string | undefined): Promise<boolean> {
  const key = policy['api-key'];
  const isNew = labelBefore === undefined;
  return attempt(text(isNew ? 'keys.createFailed' : 'keys.saveFailed'), async () => {
    if (isNew) await call('api-keys.patch', { old: key, new: key });
    if (key !== anyKey && label !== (labelBefore ?? '')) await call('client-keys.label', { key, label });
    await writePolicy(policy);
    await refresh();
  });
}

/** Takes a key and its policy out of the config. Undo puts both back to their place, with the label. */
export async function revoke({ key, label }: ClientKey): Promise<void> {
  const name = label || maskKey(key);
  const place = (await call('api-keys.get')).items.indexOf(key);
  const policies = (await call('client-policies.get')).items;
  const hasPolicy = policies.some((policy) => policy['api-key'] === key);
  const done = await attempt(text('keys.revokeFailed', { name }), async () => {
    // The key first: without its policy it would have no limits for a moment.
    await call('api-keys.remove', { value: key });
    if (hasPolicy) await call('client-policies.remove', { 'api-key': key });
  });
  await refresh();
  if (!done) return;
  toastDone({
    title: text('keys.revoked', { name }),
    detail: text('keys.revokedNote'),
    undo: async () => {
      if (hasPolicy) await call('client-policies.replace', { items: policies });
      const { items } = await call('api-keys.get');
      await call('api-keys.replace', { items: items.toSpliced(place, 0, key) });
      if (label !== '') await call('client-keys.label', { key, label });
      await refresh();
    },
  });
}
