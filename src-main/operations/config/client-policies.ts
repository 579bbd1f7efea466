// Handlers of what client keys may do.

import type { ClientPolicyChange, clientPoliciesContract } from '../../../src-shared/contract/client-policies.ts';
import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { Actor, Implementation } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { patchEntries, removeEntries, writeEntries } from '../../config/entries/entry-list.ts';
import { type EntryRules, isEmpty } from '../../config/entries/entry-rules.ts';
import { rejectUnsendable, unsendableClientKey } from '../../config/entries/header-values.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';
import type { Routes } from '../route.ts';

const list = 'client-policies';

/** A change may leave members out, its result may not: the config's schema says so when it is written. */
type Change = ClientPolicyChange;

const rules: EntryRules<Change> = {
  load: (policies) => policies,
  write: (policies) => policies,
  deletes: isEmpty,
  replaces: (value) => 'api-key' in value,
  identity: (policy) => policy['api-key'] ?? '',
  selector: (text) => text,
  missingIsError: true,
};

export function clientPolicyHandlers(
  config: ConfigStore,
  gateway: Pick<Routes, 'clientUsage'>,
): Implementation<typeof clientPoliciesContract> {
  const write = async (change: (old: readonly Change[]) => readonly Change[], actor: Actor) => {
    await config.edit((current) => {
      const old: readonly Change[] = current[list];
      const policies = change(old);
      const added = policies.filter((policy) => !old.includes(policy));
      rejectUnsendable(added.flatMap((policy, index) => unsendableClientKey(policy['api-key'] ?? '', [list, index])));
      return [{ path: [list], value: policies }];
    }, actor);
    return done;
  };
  return {
    'client-policies.get': () => ({ items: config.current.config[list] }),
    'client-policies.replace': ({ items }, actor) => write((old) => writeEntries(rules, old, items), actor),
    'client-policies.patch': (patch, actor) => write((old) => patchEntries(rules, old, patch), actor),
    'client-policies.remove': (selector, actor) =>
      write((old) => {
        if (selector.name === undefined) return removeEntries(rules, 'match', old, selector);
        const left = old.filter(({ name }) => name !== selector.name);
        if (left.length === old.length) throw new Problem('item_not_found');
        return left;
      }, actor),
    'client-usage.list': async () => ({ clients: [...(await gateway.clientUsage())] }),
  };
}
