// The rules of each provider list: how entries are cleaned, what a change deletes, how entries are found.
import type { CompatibilityProvider, KeyEntry, KeyListName, ModelAlias } from '../../../src-shared/config.ts';

const trimmed = (value: string | undefined) => (value ?? '').trim();

/** `entry` without the named fields that are empty strings. */
function withoutBlank<T extends Record<string, unknown>>(entry: T, names: readonly (keyof T & string)[]): T {
  return Object.fromEntries(
    Object.entries(entry).filter(([key, value]) => !(value === '' && names.includes(key))),
  ) as unknown as T;
}

function cleanHeaders(headers: Readonly<Record<string, string>> | undefined): Record<string, string> | undefined {
  const pairs = Object.entries(headers ?? {})
    .map(([name, value]) => [name.trim(), value.trim()] as const)
    .filter(([name, value]) => name !== '' && value !== '');
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

/** Gemini and Vertex: trimmed, blank keys dropped, the first of equal keys kept, empty fields left out. */
function cleanShortEntries(entries: readonly KeyEntry[]): readonly KeyEntry[] {
  const seen = new Set<string>();
  const kept: KeyEntry[] = [];
  for (const entry of entries) {
    const key = trimmed(entry['api-key']);
    if (key === '' || seen.has(key)) continue;
    seen.add(key);
    const { headers, ...rest } = entry;
    const cleaned = cleanHeaders(headers);
    kept.push(
      withoutBlank(
        {
          ...rest,
          'api-key': key,
          'base-url': trimmed(entry['base-url']),
          'proxy-url': trimmed(entry['proxy-url']),
          ...(cleaned && { headers: cleaned }),
        },
        ['base-url', 'proxy-url'],
      ),
    );
  }
  return kept;
}

function cleanModels(models: readonly ModelAlias[] | undefined): ModelAlias[] {
  return (models ?? [])
    .map((model) => ({ ...model, name: trimmed(model.name), alias: trimmed(model.alias) }))
    .filter((model) => model.name !== '' || model.alias !== '');
}

/** The three strings of a Claude or Codex entry are always written, as the original server writes them. */
const written = (entry: KeyEntry) => ({ 'api-key': '', 'base-url': '', 'proxy-url': '', ...entry });

function writtenClaude(entry: KeyEntry): KeyEntry {
  const { models, ...rest } = entry;
  return {
    ...written(rest),
    'api-key': trimmed(entry['api-key']),
    'base-url': trimmed(entry['base-url']),
    'proxy-url': trimmed(entry['proxy-url']),
    models: cleanModels(models),
  };
}

/** Codex entries without a base address cannot be used and are dropped. */
function cleanCodex(entries: readonly KeyEntry[]): readonly KeyEntry[] {
  return entries
    .map((entry) => ({ ...entry, 'base-url': trimmed(entry['base-url']) }))
    .filter((entry) => entry['base-url'] !== '');
}

/** One provider with trimmed keys and the legacy `api-keys` moved into `api-key-entries`. */
function cleanProvider(provider: CompatibilityProvider): CompatibilityProvider {
  const { 'api-keys': legacy, 'api-key-entries': given, ...rest } = provider;
  const entries = (given ?? []).map((entry) =>
    withoutBlank({ ...entry, 'api-key': trimmed(entry['api-key']) }, ['proxy-url']),
  );
  const known = new Set(entries.map((entry) => entry['api-key']));
  for (const key of (legacy ?? []).map(trimmed)) {
    if (key === '' || known.has(key)) continue;
    known.add(key);
    entries.push({ 'api-key': key });
  }
  return {
    ...rest,
    'base-url': trimmed(provider['base-url']),
    ...(entries.length > 0 && { 'api-key-entries': entries }),
  };
}

function cleanProviders(providers: readonly CompatibilityProvider[]): readonly CompatibilityProvider[] {
  return providers.map(cleanProvider).filter((provider) => provider['base-url'] !== '');
}

/** What one list of entries does on load and on a write. */
export interface EntryRules<E> {
  /** How the list reads once loaded. */
  readonly load: (entries: readonly E[]) => readonly E[];
  /** How new and changed entries are written. */
  readonly write: (entries: readonly E[]) => readonly E[];
  /** Whether a PATCH value means "delete this entry". */
  readonly deletes: (value: E) => boolean;
  /** Whether a PATCH value replaces the entry, rather than being merged into it. */
  readonly replaces: (value: E) => boolean;
  readonly identity: (entry: E) => string;
  /** How a selector is compared with an identity. */
  readonly selector: (text: string) => string;
  /** Whether deleting a key that is not there is an error. */
  readonly missingIsError: boolean;
}

const exact = (text: string) => text;
const isEmpty = (value: object) => Object.keys(value).length === 0;
const blankBaseUrl = (value: { readonly 'base-url'?: string | undefined }) => trimmed(value['base-url']) === '';

const shortRules: EntryRules<KeyEntry> = {
  load: cleanShortEntries,
  write: cleanShortEntries,
  deletes: (value) => isEmpty(value) || ('api-key' in value && trimmed(value['api-key']) === ''),
  replaces: (value) => 'api-key' in value,
  identity: (entry) => entry['api-key'] ?? '',
  selector: (text) => text.trim(),
  missingIsError: true,
};

export const keyListRules: Readonly<Record<KeyListName, EntryRules<KeyEntry>>> = {
  'gemini-api-key': shortRules,
  'vertex-api-key': shortRules,
  'claude-api-key': {
    load: (entries) => entries,
    write: (entries) => entries.map(writtenClaude),
    deletes: isEmpty,
    replaces: (value) => 'api-key' in value,
    identity: (entry) => entry['api-key'] ?? '',
    selector: exact,
    missingIsError: false,
  },
  'codex-api-key': {
    load: cleanCodex,
    write: (entries) => cleanCodex(entries).map(written),
    deletes: (value) => isEmpty(value) || (('api-key' in value || 'base-url' in value) && blankBaseUrl(value)),
    replaces: (value) => 'api-key' in value,
    identity: (entry) => entry['api-key'] ?? '',
    selector: exact,
    missingIsError: false,
  },
};

export const compatibilityRules: EntryRules<CompatibilityProvider> = {
  load: (providers) =>
    cleanProviders(providers).map((provider) =>
      'name' in provider ? { ...provider, name: trimmed(provider.name) } : provider,
    ),
  write: cleanProviders,
  deletes: (value) => isEmpty(value) || (('name' in value || 'base-url' in value) && blankBaseUrl(value)),
  replaces: (value) => 'name' in value || 'base-url' in value,
  identity: (provider) => provider.name ?? '',
  selector: exact,
  missingIsError: false,
};
