// Client keys, provider keys and the per-provider model lists.
import { z } from 'zod';
import { compatibilityProvider, keyEntry, modelAlias } from '../config.ts';
import type { KeyListRow } from '../provider-row.ts';
import { bareKeys, compatibleList, type KeyListName, keyProviders } from '../providers.ts';
import { type EntryListRows, entryListRows } from './helpers/entry-list-rows.ts';
import { providerMapRows } from './helpers/provider-map-rows.ts';
import { stringListRows } from './helpers/string-list-rows.ts';

/** What an entry shows even when it does not have it. */
const shown = {
  complete: { 'api-key': '', 'base-url': '', 'proxy-url': '' },
  compact: { 'api-key': '' },
  named: { name: '', 'base-url': '' },
} as const;

/** An entry of a provider list as clients see it. */
export const shownEntry = <E extends object>(entries: KeyListRow['entries'], entry: E): E => ({
  ...shown[entries],
  ...entry,
});

const keyListRows = (): EntryListRows<KeyListName, typeof keyEntry> =>
  Object.assign(
    {},
    ...keyProviders.map(({ keys: { list, entries } }) =>
      entries === 'named'
        ? {}
        : entryListRows(list, {
            entry: keyEntry,
            selector: 'match',
            show: (entry) => shownEntry(entries, entry),
          }),
    ),
  );

export const listsContract = {
  ...stringListRows('api-keys'),
  ...stringListRows(bareKeys.bareList),
  ...keyListRows(),
  ...entryListRows(compatibleList, {
    entry: compatibilityProvider,
    selector: 'name',
    show: (provider) => shownEntry('named', provider),
  }),
  ...providerMapRows('oauth-excluded-models', 'models', z.string()),
  ...providerMapRows('oauth-model-alias', 'aliases', modelAlias),
};
