// The keys of the config as credentials.
import { createHash } from 'node:crypto';
import type { CompatibilityProvider, Config, KeyEntry } from '../../../src-shared/config.ts';
import { mask } from '../../lib/mask.ts';
import type { Credential, UpstreamKind } from './credential.ts';
import { aliasedModels, namedModels, withoutExcluded } from './offers.ts';
import { knownModels, type ModelFamily, ownerOf } from './static-models.ts';

/** Models that upstreams named when they were asked, by credential id. */
export type LearnedModels = ReadonlyMap<string, readonly string[]>;

interface KeyKind {
  readonly list: 'gemini-api-key' | 'claude-api-key' | 'codex-api-key' | 'vertex-api-key';
  readonly provider: string;
  readonly kind: UpstreamKind;
  readonly family: ModelFamily;
  readonly baseUrl: string;
}

const keyKinds: readonly KeyKind[] = [
  {
    list: 'gemini-api-key',
    provider: 'gemini',
    kind: 'gemini',
    family: 'gemini',
    baseUrl: 'https://generativelanguage.googleapis.com',
  },
  {
    list: 'claude-api-key',
    provider: 'claude',
    kind: 'claude',
    family: 'claude',
    baseUrl: 'https://api.anthropic.com',
  },
  { list: 'codex-api-key', provider: 'codex', kind: 'openai', family: 'codex', baseUrl: '' },
  {
    list: 'vertex-api-key',
    provider: 'vertex',
    kind: 'vertex',
    family: 'gemini',
    baseUrl: 'https://aiplatform.googleapis.com',
  },
];

/** All enabled keys, in the order of the config. */
export function configCredentials(config: Config, learned: LearnedModels): readonly Credential[] {
  const keys = keyKinds.flatMap((kind) =>
    config[kind.list]
      .filter((entry) => entry.disabled !== true)
      .flatMap((entry) => keyCredential(kind, entry, learned) ?? []),
  );
  const compatible = config['openai-compatibility']
    .filter((provider) => provider.disabled !== true)
    .flatMap((provider) => compatibleCredentials(provider, learned));
  return withUniqueIds([...keys, ...compatible]);
}

/** One entry of a key list; undefined when it has no key or no address to use. */
function keyCredential(kind: KeyKind, entry: KeyEntry, learned: LearnedModels): Credential | undefined {
  const key = text(entry['api-key']);
  const baseUrl = withoutSlash(text(entry['base-url']) || kind.baseUrl);
  if (key === '' || baseUrl === '') return undefined;
  const id = idOf(kind.provider, key, baseUrl);
  const owner = ownerOf(kind.family);
  const own = aliasedModels(entry.models ?? [], owner);
  const known = [...new Set([...knownModels(kind.family), ...(learned.get(id) ?? [])])];
  const models = own.length > 0 ? own : namedModels(known, owner);
  return {
    id,
    provider: kind.provider,
    kind: kind.kind,
    label: `${kind.provider} ${mask(key)}`,
    source: key,
    baseUrl,
    proxyUrl: text(entry['proxy-url']),
    headers: entry.headers ?? {},
    key,
    models: withoutExcluded(models, entry['excluded-models'] ?? []),
    hasOwnModels: own.length > 0,
  };
}

/** One credential per key of a compatible provider; one without key when it has none. */
function compatibleCredentials(provider: CompatibilityProvider, learned: LearnedModels): readonly Credential[] {
  const baseUrl = withoutSlash(text(provider['base-url']));
  if (baseUrl === '') return [];
  const name = text(provider.name) || 'openai-compatibility';
  const given = provider['api-key-entries'] ?? [];
  const legacy = (provider['api-keys'] ?? []).map((key) => ({ 'api-key': key, 'proxy-url': '' }));
  const entries = given.length > 0 ? given : legacy.length > 0 ? legacy : [{ 'api-key': '', 'proxy-url': '' }];
  return entries.map((entry) => {
    const key = text(entry['api-key']);
    const id = idOf(name.toLowerCase(), key, baseUrl);
    const own = aliasedModels(provider.models ?? [], name);
    return {
      id,
      provider: name.toLowerCase(),
      kind: 'compat',
      label: key === '' ? name : `${name} ${mask(key)}`,
      source: key || name,
      baseUrl,
      proxyUrl: text(entry['proxy-url']),
      headers: provider.headers ?? {},
      key,
      models: own.length > 0 ? own : namedModels(learned.get(id) ?? [], name),
      hasOwnModels: own.length > 0,
    };
  });
}

const text = (value: string | undefined) => (value ?? '').trim();

const withoutSlash = (url: string) => url.replace(/\/+$/, '');

function idOf(provider: string, key: string, baseUrl: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([provider, key, baseUrl]))
    .digest('hex');
  return `${provider}:${digest.slice(0, 16)}`;
}

/** The same key twice is two credentials, which share nothing. */
function withUniqueIds(credentials: readonly Credential[]): readonly Credential[] {
  const seen = new Map<string, number>();
  return credentials.map((credential) => {
    const count = (seen.get(credential.id) ?? 0) + 1;
    seen.set(credential.id, count);
    return count === 1 ? credential : { ...credential, id: `${credential.id}-${count}` };
  });
}
