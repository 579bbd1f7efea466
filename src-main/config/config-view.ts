// A config as the program uses it (legacy keys folded in, entries cleaned), and as `GET /config` shows it.
import type { Config, KeyEntry } from '../../src-shared/config.ts';
import type { ConfigView, ListsView } from '../../src-shared/contract/config.ts';
import { apiSettings, nestSettings, type Settings, settingAt } from '../../src-shared/settings.ts';
import { compatibilityRules, keyListRules } from './entries/provider-entries.ts';
import type { Edit } from './store/snapshot.ts';

/** The inline providers whose keys stand in for an empty `api-keys`. */
const isInlineKeyProvider = (provider: { readonly type: string }) => provider.type === 'config-api-key';

function clientKeys(config: Config): readonly string[] {
  if (config['api-keys'].length > 0) return config['api-keys'];
  return config.auth.providers.find(isInlineKeyProvider)?.['api-keys'] ?? [];
}

function geminiEntries(config: Config): readonly KeyEntry[] {
  const legacy = config['generative-language-api-key'].map((key) => ({ 'api-key': key }));
  return keyListRules['gemini-api-key'].load([...config['gemini-api-key'], ...legacy]);
}

/** The config in force. `auth.providers` and the legacy Gemini list are kept only as far as a write must remove them. */
export function normalize(config: Config): Config {
  return {
    ...config,
    'api-keys': [...clientKeys(config)],
    'gemini-api-key': [...geminiEntries(config)],
    'vertex-api-key': [...keyListRules['vertex-api-key'].load(config['vertex-api-key'])],
    'claude-api-key': [...keyListRules['claude-api-key'].load(config['claude-api-key'])],
    'codex-api-key': [...keyListRules['codex-api-key'].load(config['codex-api-key'])],
    'openai-compatibility': [...compatibilityRules.load(config['openai-compatibility'])],
  };
}

/** The Gemini keys alone, as the legacy list shows them. */
export function geminiKeys(config: Config): string[] {
  return config['gemini-api-key'].map((entry) => entry['api-key'] ?? '');
}

/** The edits that set the client keys, removing the inline keys that would otherwise come back. */
export function setClientKeys(config: Config, keys: readonly string[]): readonly Edit[] {
  const inline = config.auth.providers.flatMap((provider, index) =>
    isInlineKeyProvider(provider) ? [{ path: ['auth', 'providers', index, 'api-keys'], value: undefined }] : [],
  );
  return [{ path: ['api-keys'], value: keys }, ...inline];
}

/** The edits that set the Gemini entries, removing the legacy list that would otherwise come back. */
export function setGeminiEntries(entries: readonly KeyEntry[]): readonly Edit[] {
  return [
    { path: ['gemini-api-key'], value: entries },
    { path: ['generative-language-api-key'], value: undefined },
  ];
}

/** Entries for a list of bare keys: known keys keep their details. */
export function geminiEntriesFor(config: Config, keys: readonly string[]): readonly KeyEntry[] {
  const known = new Map(config['gemini-api-key'].map((entry) => [entry['api-key'], entry]));
  return keyListRules['gemini-api-key'].load(keys.map((key) => known.get(key.trim()) ?? { 'api-key': key }));
}

/** What `GET /config` and the `config` event show of a normalised config with these settings. */
export function configView(config: Config, table: Settings): ConfigView {
  const gemini = geminiKeys(config);
  const values = apiSettings(table).map(([path]) => [path, settingAt(config, path)] as const);
  return {
    // The config was read by the schemas of the same rows.
    ...(nestSettings(values) as Omit<ConfigView, keyof ListsView>),
    auth: {},
    'api-keys': config['api-keys'],
    'generative-language-api-key': gemini,
    'gl-api-key': gemini,
    'gemini-api-key': config['gemini-api-key'],
    'vertex-api-key': config['vertex-api-key'],
    'claude-api-key': config['claude-api-key'],
    'codex-api-key': config['codex-api-key'],
    'openai-compatibility': config['openai-compatibility'],
    'oauth-excluded-models': config['oauth-excluded-models'],
    'oauth-model-alias': config['oauth-model-alias'],
  };
}
