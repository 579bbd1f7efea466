// The keys of the config document that the editor knows: for hover help, completion and the form.
import { keyProviders, type ProviderListName } from '../../../src-shared/providers.ts';

export type KeyKind = 'text' | 'number' | 'switch' | 'choice' | 'list' | 'group';

export interface ConfigKey {
  /** Names from the top of the document, such as `quota-exceeded/switch-project`. */
  readonly path: string;
  readonly kind: KeyKind;
  readonly choices?: readonly string[];
  /** The page that edits it better than a form field could. */
  readonly page?: 'keys' | 'providers' | 'accounts';
}

export const configKeys = [
  { path: 'host', kind: 'text' },
  { path: 'port', kind: 'number' },
  { path: 'auth-dir', kind: 'text' },
  { path: 'remote-management', kind: 'group' },
  { path: 'remote-management/allow-remote', kind: 'switch' },
  { path: 'remote-management/secret-key', kind: 'text' },
  { path: 'remote-management/disable-control-panel', kind: 'switch' },
  { path: 'api-keys', kind: 'list', page: 'keys' },
  { path: 'debug', kind: 'switch' },
  { path: 'logging-to-file', kind: 'switch' },
  { path: 'logs-max-total-size-mb', kind: 'number' },
  { path: 'usage-statistics-enabled', kind: 'switch' },
  { path: 'request-log', kind: 'switch' },
  { path: 'proxy-url', kind: 'text' },
  { path: 'request-retry', kind: 'number' },
  { path: 'max-retry-interval', kind: 'number' },
  { path: 'disable-cooling', kind: 'switch' },
  { path: 'ws-auth', kind: 'switch' },
  { path: 'quota-exceeded', kind: 'group' },
  { path: 'quota-exceeded/switch-project', kind: 'switch' },
  { path: 'quota-exceeded/switch-preview-model', kind: 'switch' },
  { path: 'routing', kind: 'group' },
  { path: 'routing/strategy', kind: 'choice', choices: ['round-robin', 'fill-first'] },
  ...keyProviders.map(({ keys }) => ({ path: keys.list, kind: 'list', page: 'providers' }) as const),
  { path: 'oauth-excluded-models', kind: 'group' },
  { path: 'oauth-model-alias', kind: 'group' },
] as const satisfies readonly ConfigKey[];

type ConfigPath = (typeof configKeys)[number]['path'];

/** The name of the text that explains a key. Lists of providers are explained where they are edited. */
export function noteOf({ path }: ConfigKey) {
  const provider = keyProviders.find(({ keys }) => keys.list === path);
  if (provider !== undefined) return `providers.about.${provider.id}` as const;
  return `config.keys.${path as Exclude<ConfigPath, ProviderListName>}` as const;
}

export const keyAt = (path: string): ConfigKey | undefined => configKeys.find((key) => key.path === path);
