// Client keys, provider keys and the per-provider model lists.
import { z } from 'zod';
import { compatibilityProvider, type KeyEntry, keyEntry, modelAlias } from '../config.ts';
import { entryListRows } from './helpers/entry-list-rows.ts';
import { providerMapRows } from './helpers/provider-map-rows.ts';
import { stringListRows } from './helpers/string-list-rows.ts';

/** Claude and Codex entries always show their three strings; Gemini and Vertex ones leave empty fields out. */
const showFull = (entry: KeyEntry) => ({ 'api-key': '', 'base-url': '', 'proxy-url': '', ...entry });
const showShort = (entry: KeyEntry) => ({ 'api-key': '', ...entry });

const keyList = (show: (entry: KeyEntry) => unknown) => ({ entry: keyEntry, selector: 'match', show }) as const;

export const listsContract = {
  ...stringListRows('api-keys'),
  ...stringListRows('generative-language-api-key'),
  ...entryListRows('gemini-api-key', keyList(showShort)),
  ...entryListRows('vertex-api-key', keyList(showShort)),
  ...entryListRows('claude-api-key', keyList(showFull)),
  ...entryListRows('codex-api-key', keyList(showFull)),
  ...entryListRows('openai-compatibility', {
    entry: compatibilityProvider,
    selector: 'name',
    show: (provider) => ({ name: '', 'base-url': '', ...provider }),
  }),
  ...providerMapRows('oauth-excluded-models', 'models', z.string()),
  ...providerMapRows('oauth-model-alias', 'aliases', modelAlias),
};
