// The rules of the lists whose entries are one API key each.
import type { KeyEntry, ModelAlias } from '../../../src-shared/config.ts';
import type { KeyListRow } from '../../../src-shared/provider-row.ts';
import { type KeyListName, keyProviders } from '../../../src-shared/providers.ts';
import { type EntryRules, hasBlankBaseUrl, isEmpty, trimmed, withoutBlank } from './entry-rules.ts';

function cleanHeaders(headers: Readonly<Record<string, string>> | undefined): Record<string, string> | undefined {
  const pairs = Object.entries(headers ?? {})
    .map(([name, value]) => [name.trim(), value.trim()] as const)
    .filter(([name, value]) => name !== '' && value !== '');
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

/** Trimmed, blank keys dropped, the first of equal keys kept, empty fields left out. */
function cleanCompact(entries: readonly KeyEntry[]): readonly KeyEntry[] {
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

/** The three strings of a complete entry are always written, as CLIProxyAPI writes them. */
const completed = (entry: KeyEntry) => ({ 'api-key': '', 'base-url': '', 'proxy-url': '', ...entry });

function trimmedComplete(entry: KeyEntry): KeyEntry {
  const { models, ...rest } = entry;
  return {
    ...completed(rest),
    'api-key': trimmed(entry['api-key']),
    'base-url': trimmed(entry['base-url']),
    'proxy-url': trimmed(entry['proxy-url']),
    models: cleanModels(models),
  };
}

/** Entries that need a base URL and have none cannot be used and are dropped. */
function withBaseUrl(entries: readonly KeyEntry[]): readonly KeyEntry[] {
  return entries
    .map((entry) => ({ ...entry, 'base-url': trimmed(entry['base-url']) }))
    .filter((entry) => entry['base-url'] !== '');
}

const compactRules: EntryRules<KeyEntry> = {
  load: cleanCompact,
  write: cleanCompact,
  deletes: (value) => isEmpty(value) || ('api-key' in value && trimmed(value['api-key']) === ''),
  replaces: (value) => 'api-key' in value,
  identity: (entry) => entry['api-key'] ?? '',
  selector: (text) => text.trim(),
  missingIsError: true,
};

const completeRules: EntryRules<KeyEntry> = {
  load: (entries) => entries,
  write: (entries) => entries.map(trimmedComplete),
  deletes: isEmpty,
  replaces: (value) => 'api-key' in value,
  identity: (entry) => entry['api-key'] ?? '',
  selector: (text) => text,
  missingIsError: false,
};

/** Complete entries that need a base URL. */
const addressedRules: EntryRules<KeyEntry> = {
  ...completeRules,
  load: withBaseUrl,
  write: (entries) => withBaseUrl(entries).map(completed),
  deletes: (value) => isEmpty(value) || (('api-key' in value || 'base-url' in value) && hasBlankBaseUrl(value)),
};

function rulesOf({ entries, baseUrlNeeded }: KeyListRow): EntryRules<KeyEntry> {
  if (entries === 'compact') return compactRules;
  return baseUrlNeeded ? addressedRules : completeRules;
}

export const keyListRules = Object.fromEntries(keyProviders.map(({ keys }) => [keys.list, rulesOf(keys)])) as Readonly<
  Record<KeyListName, EntryRules<KeyEntry>>
>;
