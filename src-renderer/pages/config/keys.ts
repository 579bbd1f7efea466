// The keys of the config document that the editor knows: for hover help, completion and the form.
import { keyProviders, type ProviderListName } from '../../../src-shared/providers.ts';
import type { SettingDescription } from '../../../src-shared/setting-descriptions.ts';
import type { SettingGroup, SettingPath } from '../../../src-shared/settings.ts';
import type { Text } from '../../i18n/i18n.ts';
import { settingTable } from '../../state/setting-table.ts';

interface ListKey {
  readonly path: string;
  readonly kind: 'list';
  /** The page that edits it better than a form field could. */
  readonly page: 'keys' | 'providers';
}
interface GroupKey {
  readonly path: string;
  readonly kind: 'group';
}
export type ConfigKey = SettingDescription | ListKey | GroupKey;

const lists = [
  { path: 'api-keys', kind: 'list', page: 'keys' },
  ...keyProviders.map(({ keys }) => ({ path: keys.list, kind: 'list', page: 'providers' }) as const),
] as const satisfies readonly ListKey[];
const maps = [
  { path: 'oauth-excluded-models', kind: 'group' },
  { path: 'oauth-model-alias', kind: 'group' },
  { path: 'payload', kind: 'group' },
] as const satisfies readonly GroupKey[];

/** Keys that are no settings; the languages have a sentence for each. */
export type OtherKey = Exclude<(typeof lists | typeof maps)[number]['path'], ProviderListName> | SettingGroup;

/** Every key of a document with these settings: the settings, what they stand in, and the lists. */
export function configKeysOf(table: readonly SettingDescription[]): readonly ConfigKey[] {
  const groups = new Set(table.flatMap(({ path }) => path.match(/^(.*)\//)?.slice(1) ?? []));
  return [...table, ...[...groups].map((path) => ({ path, kind: 'group' }) as const), ...lists, ...maps];
}

export const configKeys = configKeysOf(settingTable);

export const keyAt = (keys: readonly ConfigKey[], path: string): ConfigKey | undefined =>
  keys.find((key) => key.path === path);

/** What a key of the program is for. Lists of providers are explained where they are edited. */
export function helpOf(t: Text, { path, kind }: ConfigKey): string {
  const provider = keyProviders.find(({ keys }) => keys.list === path);
  if (provider !== undefined) return t(`providerTexts.about.${provider.id}`);
  if (kind === 'list' || kind === 'group') return t(`config.keys.${path as OtherKey}`);
  return t(`setting.${path as SettingPath}.help`);
}
