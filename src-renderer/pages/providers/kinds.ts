// The lists of provider keys and what their entries have.
import type { CompatibilityProvider, KeyEntry } from '../../../src-shared/config.ts';
import { type KeyProvider, keyProviders, type ProviderListName } from '../../../src-shared/providers.ts';

export type Entry = KeyEntry | CompatibilityProvider;

export interface Kind {
  readonly list: ProviderListName;
  /** Its place in the address: `#/providers/gemini`. */
  readonly id: KeyProvider['id'];
  readonly name: string;
  readonly mark: string;
  /** One provider with a name and many keys, instead of one key per entry. */
  readonly named: boolean;
  readonly baseUrlNeeded: boolean;
  /** What an empty field for the base URL shows. */
  readonly placeholderUrl: string;
}

export const kinds: readonly Kind[] = keyProviders.map(({ id, title, mark, keys }) => ({
  list: keys.list,
  id,
  name: title,
  mark,
  named: keys.entries === 'named',
  baseUrlNeeded: keys.baseUrlNeeded === true,
  placeholderUrl: keys.exampleUrl ?? keys.baseUrl,
}));

/** Opens the box for any key. */
export const addKeyPath = `/providers/${kinds.at(-1)?.id ?? ''}/new`;
