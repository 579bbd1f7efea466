// Any service that speaks OpenAI's chat completions, under a name of its own.
import { providerRows } from '../../src-shared/providers.ts';
import { bearer, chatServer, listsOpenAiModels, openAiHeaders } from './openai-api.ts';
import type { Provider } from './provider.ts';
import { belowVersion } from './service-routes.ts';

export const openai: Provider = {
  row: providerRows.openai,
  upstream: {
    key: {
      ...chatServer,
      auth: ({ key }) => bearer(key),
      passes: openAiHeaders,
      services: { passes: ['embeddings', 'rerank', 'moderations', 'images', 'audio'], path: belowVersion },
      ...listsOpenAiModels,
    },
  },
  // Which models there are says the entry, or else the service itself.
  models: { owner: '', names: [] },
};
