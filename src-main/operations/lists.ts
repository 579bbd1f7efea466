// Handlers of the client keys, the provider lists and the per-provider model lists.
import { type CompatibilityProvider, type Config, type KeyEntry, keyListNames } from '../../src-shared/config.ts';
import type { listsContract } from '../../src-shared/contract/lists.ts';
import { done } from '../../src-shared/families.ts';
import type { Actor, Implementation } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import { geminiEntriesFor, geminiKeys, setClientKeys, setGeminiEntries } from '../config/config-view.ts';
import {
  type EntryPatch,
  type EntrySelector,
  patchEntries,
  patchStrings,
  removeEntries,
  removeString,
  type StringPatch,
  writeEntries,
} from '../config/entries/entry-list.ts';
import { compatibilityRules, type EntryRules, keyListRules } from '../config/entries/provider-entries.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import type { Edit } from '../config/store/snapshot.ts';

type Handlers = Implementation<typeof listsContract>;

/** What a list is made of: how it is read from the config, how it changes, and the edits that write it. */
interface List<T, Patch, Selector> {
  readonly read: (config: Config) => readonly T[];
  readonly edits: (config: Config, items: readonly T[]) => readonly Edit[];
  readonly replace: (old: readonly T[], items: readonly T[]) => readonly T[];
  readonly patch: (old: readonly T[], patch: Patch) => readonly T[];
  readonly remove: (old: readonly T[], selector: Selector) => readonly T[];
}

function listHandlers<T, P, S>(config: ConfigStore, name: string, list: List<T, P, S>): Record<string, unknown> {
  const write = async (change: (old: readonly T[]) => readonly T[], actor: Actor) => {
    await config.edit((current) => list.edits(current, change(list.read(current))), actor);
    return done;
  };
  return {
    [`${name}.get`]: () => ({ items: list.read(config.current.config) }),
    [`${name}.replace`]: (input: { readonly items: readonly T[] }, actor: Actor) =>
      write((old) => list.replace(old, input.items), actor),
    [`${name}.patch`]: (input: P, actor: Actor) => write((old) => list.patch(old, input), actor),
    [`${name}.remove`]: async (input: S, actor: Actor) => {
      await config.edit((current) => {
        const old = list.read(current);
        const left = list.remove(old, input);
        // Writing the list all the same would add an absent one, and reword one that stands in an older form.
        return left.length === old.length ? [] : list.edits(current, left);
      }, actor);
      return done;
    },
  };
}

function stringHandlers(
  config: ConfigStore,
  name: string,
  read: (config: Config) => readonly string[],
  edits: (config: Config, items: readonly string[]) => readonly Edit[],
) {
  return listHandlers<string, StringPatch, EntrySelector & { readonly value?: string }>(config, name, {
    read,
    edits,
    replace: (_, items) => items,
    patch: patchStrings,
    remove: removeString,
  });
}

function entryHandlers<E extends object>(
  config: ConfigStore,
  name: string,
  kind: 'match' | 'name',
  rules: EntryRules<E>,
  read: (config: Config) => readonly E[],
  edits: (items: readonly E[]) => readonly Edit[] = (items) => [{ path: [name], value: items }],
) {
  return listHandlers<E, EntryPatch<E>, EntrySelector>(config, name, {
    read,
    edits: (_, items) => edits(items),
    replace: (old, items) => writeEntries(rules, old, items),
    patch: (old, patch) => patchEntries(rules, old, patch),
    remove: (old, selector) => removeEntries(rules, kind, old, selector),
  });
}

function providerMapHandlers(config: ConfigStore, name: 'oauth-excluded-models' | 'oauth-model-alias') {
  const write = async (edits: (config: Config) => readonly Edit[], actor: Actor) => {
    await config.edit(edits, actor);
    return done;
  };
  return {
    [`${name}.get`]: () => ({ value: config.current.config[name] }),
    [`${name}.replace`]: (input: { readonly value: unknown }, actor: Actor) =>
      write(() => [{ path: [name], value: input.value }], actor),
    [`${name}.patch`]: (input: { readonly provider: string; readonly items: unknown }, actor: Actor) =>
      write(() => [{ path: [name, input.provider], value: input.items }], actor),
    [`${name}.remove`]: (input: { readonly provider: string }, actor: Actor) =>
      write((current) => {
        if (input.provider === '') throw new Problem('missing_provider');
        if (!Object.hasOwn(current[name], input.provider)) throw new Problem('item_not_found');
        return [{ path: [name, input.provider], value: undefined }];
      }, actor),
  };
}

export function listHandlersOf(config: ConfigStore): Handlers {
  const keyLists = keyListNames.map((name) =>
    entryHandlers<KeyEntry>(
      config,
      name,
      'match',
      keyListRules[name],
      (current) => current[name],
      name === 'gemini-api-key' ? setGeminiEntries : undefined,
    ),
  );
  return Object.assign(
    {},
    stringHandlers(config, 'api-keys', (current) => current['api-keys'], setClientKeys),
    stringHandlers(config, 'generative-language-api-key', geminiKeys, (current, keys) =>
      setGeminiEntries(geminiEntriesFor(current, keys)),
    ),
    ...keyLists,
    entryHandlers<CompatibilityProvider>(
      config,
      'openai-compatibility',
      'name',
      compatibilityRules,
      (current) => current['openai-compatibility'],
    ),
    providerMapHandlers(config, 'oauth-excluded-models'),
    providerMapHandlers(config, 'oauth-model-alias'),
  ) as Handlers;
}
