// A config as the program uses it (legacy keys merged, entries cleaned), and as `GET /config` shows it.
import { type Config, type KeyEntry, olderAliases } from '../../src-shared/config.ts';
import type { ConfigView, ListsView } from '../../src-shared/contract/config.ts';
import { shownEntry } from '../../src-shared/contract/lists.ts';
import { bareKeys, compatibleList, type KeyListName, keyListNames, keyProviders } from '../../src-shared/providers.ts';
import { nestSettings, settingAt } from '../../src-shared/setting-paths.ts';
import { apiSettings, type Settings } from '../../src-shared/settings.ts';
import { compatibilityRules } from './entries/compatible-provider-rules.ts';
import { keyListRules } from './entries/key-entry-rules.ts';
import type { Edit } from './store/snapshot.ts';

/** The inline providers whose keys stand in for an empty `api-keys`. */
const isInlineKeyProvider = (provider: { readonly type: string }) => provider.type === 'config-api-key';

function clientKeys(config: Config): readonly string[] {
  if (config['api-keys'].length > 0) return config['api-keys'];
  return config.auth.providers.find(isInlineKeyProvider)?.['api-keys'] ?? [];
}

/** The entries of a list, with those that an older config has as bare keys. */
function loaded(config: Config, list: KeyListName): readonly KeyEntry[] {
  const bare = list === bareKeys.list ? config[bareKeys.bareList].map((key) => ({ 'api-key': key })) : [];
  return keyListRules[list].load([...config[list], ...bare]);
}

/** The entries that `of` returns for each list of API keys. */
const keyLists = (of: (list: KeyListName) => readonly KeyEntry[]): Readonly<Record<KeyListName, KeyEntry[]>> =>
  Object.fromEntries(keyListNames.map((list) => [list, [...of(list)]])) as Record<KeyListName, KeyEntry[]>;

/** The aliases of accounts by provider. A provider that stands under the older name too has those of the newer one. */
function accountAliases({ 'oauth-model-alias': named, [olderAliases]: older }: Config): Config['oauth-model-alias'] {
  const isNamed = new Set(Object.keys(named).map((provider) => provider.toLowerCase()));
  const rest = Object.entries(older).filter(([provider]) => !isNamed.has(provider.toLowerCase()));
  return { ...Object.fromEntries(rest), ...named };
}

/** The config in force. What stands under older names stays only because a write has to remove it. */
export function normalize(config: Config): Config {
  return {
    ...config,
    'api-keys': [...clientKeys(config)],
    'oauth-model-alias': accountAliases(config),
    ...keyLists((list) => loaded(config, list)),
    [compatibleList]: [...compatibilityRules.load(config[compatibleList])],
  };
}

/** The keys that older configs have in a list of their own. */
export const bareKeysOf = (config: Config): string[] => config[bareKeys.list].map((entry) => entry['api-key'] ?? '');

/** The edits that set the client keys, removing the inline keys that would otherwise come back. */
export function setClientKeys(config: Config, keys: readonly string[]): readonly Edit[] {
  const inline = config.auth.providers.flatMap((provider, index) =>
    isInlineKeyProvider(provider) ? [{ path: ['auth', 'providers', index, 'api-keys'], value: undefined }] : [],
  );
  return [{ path: ['api-keys'], value: keys }, ...inline];
}

/** The edits that set a list of API keys, removing the bare keys that would otherwise come back. */
export const setKeyList = (list: KeyListName, entries: readonly KeyEntry[]): readonly Edit[] => [
  { path: [list], value: entries },
  ...(list === bareKeys.list ? [{ path: [bareKeys.bareList], value: undefined }] : []),
];

/** Entries for a list of bare keys: known keys keep their details. */
export function entriesForBareKeys(config: Config, keys: readonly string[]): readonly KeyEntry[] {
  const known = new Map(config[bareKeys.list].map((entry) => [entry['api-key'], entry]));
  return keyListRules[bareKeys.list].load(keys.map((key) => known.get(key.trim()) ?? { 'api-key': key }));
}

const entriesOf = (list: KeyListName) => keyProviders.find(({ keys }) => keys.list === list)?.keys.entries ?? 'compact';

/** What `GET /config` and the `config` event show of a normalised config with these settings. */
export function configView(config: Config, table: Settings): ConfigView {
  const bare = bareKeysOf(config);
  const values = apiSettings(table).map(([path]) => [path, settingAt(config, path)] as const);
  return {
    // The config was read by the schemas of the same rows.
    ...(nestSettings(values) as Omit<ConfigView, keyof ListsView>),
    auth: {},
    'api-keys': config['api-keys'],
    [bareKeys.bareList]: bare,
    'gl-api-key': bare,
    ...keyLists((list) => config[list].map((entry) => shownEntry(entriesOf(list), entry))),
    [compatibleList]: config[compatibleList].map((provider) => shownEntry('named', provider)),
    'oauth-excluded-models': config['oauth-excluded-models'],
    'oauth-model-alias': config['oauth-model-alias'],
  };
}
