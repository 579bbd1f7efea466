// Handlers of the client keys, the provider lists and the per-provider model lists.
import { type Config, type keyEntry, olderAliases } from '../../../src-shared/config.ts';
import { done } from '../../../src-shared/contract/helpers/done.ts';
import type { EntryListRows } from '../../../src-shared/contract/helpers/entry-list-rows.ts';
import { providerMapProblems } from '../../../src-shared/contract/helpers/provider-map-rows.ts';
import type { listsContract } from '../../../src-shared/contract/lists.ts';
import type { Actor, Implementation } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { bareKeys, compatibleList, type KeyListName, keyListNames } from '../../../src-shared/providers.ts';
import { bareKeysOf, entriesForBareKeys, setClientKeys, setKeyList } from '../../config/config-view.ts';
import { compatibilityRules } from '../../config/entries/compatible-provider-rules.ts';
import {
  type EntryPatch,
  type EntrySelector,
  patchEntries,
  patchStrings,
  removeEntries,
  removeString,
  type StringPatch,
  writeEntries,
} from '../../config/entries/entry-list.ts';
import type { EntryRules } from '../../config/entries/entry-rules.ts';
import {
  rejectUnsendable,
  type UnsendableValue,
  unsendableClientKey,
  unsendableIn,
} from '../../config/entries/header-values.ts';
import { keyListRules } from '../../config/entries/key-entry-rules.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';
import type { Edit } from '../../config/store/snapshot.ts';
import type { Path } from '../../config/yaml/read/read-value.ts';
import { prefixed } from '../prefixed.ts';

type StringSelector = EntrySelector & { readonly value?: string | undefined };

/** What a list is made of: how it is read from the config, how it changes, and the edits that write it. */
interface List<T, Patch, Selector> {
  readonly read: (config: Config) => readonly T[];
  readonly edits: (config: Config, items: readonly T[]) => readonly Edit[];
  readonly replace: (old: readonly T[], items: readonly T[]) => readonly T[];
  readonly patch: (old: readonly T[], patch: Patch) => readonly T[];
  readonly remove: (old: readonly T[], selector: Selector) => readonly T[];
  /** What of an item HTTP cannot carry. */
  readonly unsendable: (item: T, path: Path) => readonly UnsendableValue[];
}

function listHandlers<const N extends string, T, P, S>(config: ConfigStore, name: N, list: List<T, P, S>) {
  const write = async (change: (old: readonly T[]) => readonly T[], actor: Actor) => {
    await config.edit((current) => {
      const old = list.read(current);
      const items = change(old);
      // An item that stands in the file already is told there, and must not keep the others from being changed.
      const known = new Set(old);
      rejectUnsendable(items.flatMap((item, index) => (known.has(item) ? [] : list.unsendable(item, [name, index]))));
      return list.edits(current, items);
    }, actor);
    return done;
  };
  return prefixed(name, {
    get: () => ({ items: [...list.read(config.current.config)] }),
    replace: (input: { readonly items: readonly T[] }, actor: Actor) =>
      write((old) => list.replace(old, input.items), actor),
    patch: (input: P, actor: Actor) => write((old) => list.patch(old, input), actor),
    remove: async (input: S, actor: Actor) => {
      await config.edit((current) => {
        const old = list.read(current);
        const left = list.remove(old, input);
        // Writing the list all the same would add an absent one, and reword one that stands in an older form.
        return left.length === old.length ? [] : list.edits(current, left);
      }, actor);
      return done;
    },
  });
}

function stringHandlers<const N extends string>(
  config: ConfigStore,
  name: N,
  read: (config: Config) => readonly string[],
  edits: (config: Config, items: readonly string[]) => readonly Edit[],
  unsendable: List<string, StringPatch, StringSelector>['unsendable'],
) {
  return listHandlers(config, name, {
    read,
    edits,
    replace: (_, items) => items,
    patch: patchStrings,
    remove: removeString,
    unsendable,
  } satisfies List<string, StringPatch, StringSelector>);
}

function entryHandlers<const N extends string, E extends object>(
  config: ConfigStore,
  name: N,
  kind: 'match' | 'name',
  rules: EntryRules<E>,
  read: (config: Config) => readonly E[],
  edits: (items: readonly E[]) => readonly Edit[] = (items) => [{ path: [name], value: items }],
) {
  return listHandlers(config, name, {
    read,
    edits: (_, items) => edits(items),
    replace: (old, items) => writeEntries(rules, old, items),
    patch: (old, patch) => patchEntries(rules, old, patch),
    remove: (old, selector) => removeEntries(rules, kind, old, selector),
    unsendable: unsendableIn,
  } satisfies List<E, EntryPatch<E>, EntrySelector>);
}

function providerMapHandlers<const N extends 'oauth-excluded-models' | 'oauth-model-alias'>(
  config: ConfigStore,
  name: N,
  field: keyof typeof providerMapProblems,
) {
  const problem = providerMapProblems[field];
  type Lists = Config[N];
  const write = async (edits: (config: Config) => readonly Edit[], actor: Actor) => {
    await config.edit(edits, actor);
    return done;
  };
  return prefixed(name, {
    get: () => ({ value: config.current.config[name] }),
    replace: (input: { readonly value: Lists }, actor: Actor) =>
      write((current) => [{ path: [name], value: input.value }, ...withoutOlder(current, name)], actor),
    patch: (input: { readonly provider: string; readonly items: Lists[string] }, actor: Actor) =>
      write((current) => {
        const known = spelling(current[name], input.provider);
        const items = input.items.some(meansSomething) ? input.items : undefined;
        if (items === undefined && known === undefined) throw new Problem(problem.absent);
        const provider = known ?? input.provider;
        return [{ path: [name, provider], value: items }, ...withoutOlder(current, name, provider)];
      }, actor),
    remove: (input: { readonly provider: string }, actor: Actor) =>
      write((current) => {
        if (input.provider === '') throw new Problem(problem.missing);
        const provider = spelling(current[name], input.provider);
        if (provider === undefined) throw new Problem(problem.absent);
        return [{ path: [name, provider], value: undefined }, ...withoutOlder(current, name, provider)];
      }, actor),
  });
}

/** Names of models that are blank, and aliases that lead nowhere, have no effect. */
function meansSomething(item: Config['oauth-excluded-models' | 'oauth-model-alias'][string][number]): boolean {
  if (typeof item === 'string') return item.trim() !== '';
  const [name = '', alias = ''] = [item.name?.trim().toLowerCase(), item.alias?.trim().toLowerCase()];
  return name !== '' && alias !== '' && name !== alias;
}

/** The edits that remove what stands under the older name of a map, which would otherwise come back. */
function withoutOlder(config: Config, name: string, provider?: string): readonly Edit[] {
  const older = name === 'oauth-model-alias' ? config[olderAliases] : {};
  const names = Object.keys(older).filter((known) => provider === undefined || sameName(known, provider));
  return names.length === 0 || names.length === Object.keys(older).length
    ? names.slice(0, 1).map(() => ({ path: [olderAliases], value: undefined }))
    : names.map((known) => ({ path: [olderAliases, known], value: undefined }));
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** How the config spells the name of a provider, whose case does not matter. */
const spelling = (map: object, provider: string): string | undefined =>
  Object.keys(map).find((name) => sameName(name, provider));

/** The handlers of every list of API keys. */
function keyListHandlers(config: ConfigStore): Implementation<EntryListRows<KeyListName, typeof keyEntry>> {
  const handlers = keyListNames.map((name) =>
    entryHandlers(
      config,
      name,
      'match',
      keyListRules[name],
      (current) => current[name],
      (items) => setKeyList(name, items),
    ),
  );
  return Object.assign({}, ...handlers);
}

export function listHandlersOf(config: ConfigStore): Implementation<typeof listsContract> {
  return {
    ...stringHandlers(config, 'api-keys', (current) => current['api-keys'], setClientKeys, unsendableClientKey),
    ...stringHandlers(
      config,
      bareKeys.bareList,
      bareKeysOf,
      (current, keys) => setKeyList(bareKeys.list, entriesForBareKeys(current, keys)),
      unsendableIn,
    ),
    ...keyListHandlers(config),
    ...entryHandlers(config, compatibleList, 'name', compatibilityRules, (current) => [...current[compatibleList]]),
    ...providerMapHandlers(config, 'oauth-excluded-models', 'models'),
    ...providerMapHandlers(config, 'oauth-model-alias', 'aliases'),
  };
}
