// Client keys, provider keys and the per-provider model lists.
import { z } from 'zod';
import { compatibilityProvider, keyEntry, modelAlias } from '../config.ts';
import { bareKeys, compatibleList, type KeyListName, keyProviders } from '../providers.ts';
import { type EntryListRows, entryListRows } from './helpers/entry-list-rows.ts';
import { providerMapRows } from './helpers/provider-map-rows.ts';
import { stringListRows } from './helpers/string-list-rows.ts';

/** What an entry shows even when it does not have it. */
const shown = {
  complete: { 'api-key': '', 'base-url': '', 'proxy-url': '' },
  compact: { 'api-key': '' },
} as const;

const keyListRows = (): EntryListRows<KeyListName, typeof keyEntry> =>
  Object.assign(
    {},
    ...keyProviders.map(({ keys: { list, entries } }) =>
      entries === 'named'
        ? {}
        : entryListRows(list, {
            entry: keyEntry,
            selector: 'match',
            show: (entry) => ({ ...shown[entries], ...entry }),
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
    show: (provider) => ({ name: '', 'base-url': '', ...provider }),
  }),
  ...providerMapRows('oauth-excluded-models', 'models', z.string()),
  ...providerMapRows('oauth-model-alias', 'aliases', modelAlias),
};
