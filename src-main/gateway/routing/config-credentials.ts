// The keys of the config as credentials.
import { createHash } from 'node:crypto';
import { prefixText } from '../../../src-shared/account-fields.ts';
import type { CompatibilityKey, CompatibilityProvider, Config, KeyEntry } from '../../../src-shared/config.ts';
import type { KeyListRow } from '../../../src-shared/provider-row.ts';
import { mask } from '../../lib/mask.ts';
import { stripTrailing } from '../../lib/strip-trailing.ts';
import type { KeyUpstream, Provider } from '../../providers/provider.ts';
import { type Choice, type Credential, defaultChoice, type Family, notNegative, type OwnRules } from './credential.ts';
import { keyIdentity } from './credential-identity.ts';
import { aliasedModels, exclusions, namedModels, withoutExcluded } from './offers.ts';

/** Models that upstreams named when they were asked, by credential id. */
export type ListedByKey = ReadonlyMap<string, readonly string[]>;

interface KeyList {
  readonly provider: Provider;
  readonly upstream: KeyUpstream;
  readonly keys: KeyListRow;
}

/** All enabled keys, in the order of the providers and of the config. */
export function configCredentials(
  config: Config,
  listed: ListedByKey,
  providers: readonly Provider[],
  keyOrder: readonly string[] = [],
): readonly Credential[] {
  const all = providers.flatMap((provider): readonly KeyList[] => {
    const { row, upstream } = provider;
    return row.keys && upstream.key ? [{ provider, upstream: upstream.key, keys: row.keys }] : [];
  });
  // Those that stand in the file in its order; the others, which are empty, may stand anywhere.
  const placeOf = ({ keys }: KeyList) => keyOrder.indexOf(keys.list);
  const lists = all.toSorted((one, other) => placeOf(one) - placeOf(other));
  const credentials = lists.flatMap((list) =>
    list.keys.entries === 'named'
      ? enabled<CompatibilityProvider>(config, list).flatMap((entry) => compatibleCredentials(list, entry, listed))
      : enabled<KeyEntry>(config, list).flatMap((entry) => keyCredential(list, entry, listed) ?? []),
  );
  return withUniqueIds(credentials);
}

/** The schema of the config gives every list of the table entries of its kind. */
const enabled = <E extends { readonly disabled?: boolean | undefined }>(config: Config, { keys }: KeyList) =>
  ((config[keys.list] ?? []) as readonly E[]).filter(({ disabled }) => disabled !== true);

/** One entry of a key list; undefined when it has no key or no address to use. */
function keyCredential(
  { provider: { row, models }, upstream, keys }: KeyList,
  entry: KeyEntry,
  listed: ListedByKey,
): Credential | undefined {
  const key = trimmed(entry['api-key']);
  const configuredUrl = trimmed(entry['base-url']);
  const baseUrl = withoutSlash(configuredUrl || (keys.baseUrlNeeded ? '' : keys.baseUrl));
  if (key === '' || baseUrl === '') return undefined;
  const id = idOf(row.id, key, baseUrl);
  const own = aliasedModels(entry.models ?? [], models.owner);
  const hasOwnModels = own.length > 0;
  const told = listed.get(id);
  const known = [...new Set([...models.names, ...(told ?? [])])];
  const offered = hasOwnModels ? own : namedModels(known, models.owner);
  const excluded = exclusions(entry['excluded-models'] ?? []);
  return {
    id,
    provider: row.id,
    upstream,
    isNamed: false,
    listing: upstream,
    label: `${row.id} ${mask(key)}`,
    source: key,
    ...keyIdentity({
      list: keys.list,
      name: keys.list,
      id,
      key,
      baseUrl,
      maxConcurrent: entry['max-concurrent'],
    }),
    baseUrl,
    configuredUrl,
    proxyUrl: trimmed(entry['proxy-url']),
    headers: entry.headers ?? {},
    ...choiceOf(entry),
    ...ownRulesOf(entry),
    usesWebSockets: entry.websockets,
    key,
    prefix: prefixOf(entry),
    models: withoutExcluded(offered, excluded),
    hidden: [],
    // A service that tells its list is not asked for what is not on it.
    family: {
      patterns: models.family ?? [],
      isServed: !hasOwnModels && told === undefined,
      excluded,
      owner: models.owner,
    },
    hasOwnModels,
  };
}

/** One credential per key of a compatible provider; one without key when it has none. */
function compatibleCredentials(
  { upstream, keys }: KeyList,
  provider: CompatibilityProvider,
  listed: ListedByKey,
): readonly Credential[] {
  const configuredUrl = trimmed(provider['base-url']);
  const baseUrl = withoutSlash(configuredUrl);
  if (baseUrl === '') return [];
  const name = trimmed(provider.name) || keys.list;
  const reasoningHistory = provider['reasoning-history'];
  const given: readonly CompatibilityKey[] = provider['api-key-entries'] ?? [];
  const legacy: readonly CompatibilityKey[] = (provider['api-keys'] ?? []).map((key) => ({ 'api-key': key }));
  const [entries] = [given, legacy].filter(({ length }) => length > 0);
  return (entries ?? [withoutKey]).map((entry) => {
    const key = trimmed(entry['api-key']);
    const id = idOf(name.toLowerCase(), key, baseUrl);
    const own = aliasedModels(provider.models ?? [], name);
    return {
      id,
      provider: name.toLowerCase(),
      upstream,
      isNamed: true,
      listing: upstream,
      label: key === '' ? name : `${name} ${mask(key)}`,
      source: key || name,
      ...keyIdentity({
        list: keys.list,
        name,
        id,
        key,
        baseUrl,
        maxConcurrent: entry['max-concurrent'],
        entryMaxConcurrent: provider['max-concurrent'],
      }),
      baseUrl,
      configuredUrl,
      proxyUrl: trimmed(entry['proxy-url']),
      headers: provider.headers ?? {},
      ...choiceOf(provider, entry),
      ...ownRulesOf(provider),
      key,
      prefix: prefixOf(provider),
      models: withoutExcluded(
        own.length > 0 ? own : namedModels(listed.get(id) ?? [], name),
        exclusions(provider['excluded-models'] ?? []),
      ),
      hidden: [],
      family: noFamily,
      hasOwnModels: own.length > 0,
      ...(reasoningHistory === undefined ? {} : { reasoningHistory }),
    };
  });
}

const ownRulesOf = (entry: Pick<KeyEntry, 'request-retry' | 'disable-cooling'>): OwnRules => ({
  requestRetry: notNegative(entry['request-retry']),
  disableCooling: entry['disable-cooling'],
});

const noFamily: Family = { patterns: [], isServed: false, excluded: [], owner: '' };

/** One with a slash inside counts as none. */
function prefixOf(entry: { readonly prefix?: string | undefined }): string {
  const prefix = prefixText(entry.prefix ?? '');
  return prefix.includes('/') ? '' : prefix;
}

/** Some servers want none. */
const withoutKey: CompatibilityKey = {};

/** A key's own values win over those of its provider. */
function choiceOf(entry: ChoiceFields, key: ChoiceFields = {}): Choice {
  return {
    priority: key.priority ?? entry.priority ?? defaultChoice.priority,
    weight: Math.max(0, key.weight ?? entry.weight ?? defaultChoice.weight),
  };
}

type ChoiceFields = Pick<CompatibilityKey, 'priority' | 'weight'>;

const trimmed = (value: string | undefined) => (value ?? '').trim();

const withoutSlash = (url: string) => stripTrailing(url, '/');

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
