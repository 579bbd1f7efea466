// The rules of the list of named providers that speak OpenAI's API.
import type { CompatibilityProvider } from '../../../src-shared/config.ts';
import { type EntryRules, hasBlankBaseUrl, isEmpty, trimmed, withoutBlank } from './entry-rules.ts';

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

export const compatibilityRules: EntryRules<CompatibilityProvider> = {
  load: (providers) =>
    cleanProviders(providers).map((provider) =>
      'name' in provider ? { ...provider, name: trimmed(provider.name) } : provider,
    ),
  write: cleanProviders,
  deletes: (value) => isEmpty(value) || (('name' in value || 'base-url' in value) && hasBlankBaseUrl(value)),
  replaces: (value) => 'name' in value || 'base-url' in value,
  identity: (provider) => provider.name ?? '',
  selector: (text) => text,
  missingIsError: false,
};
