// Keys of Vertex AI in express mode.
import { providerRows } from '../../src-shared/providers.ts';
import { geminiModels, geminiPath } from './gemini-models.ts';
import type { Provider } from './provider.ts';

export const vertex: Provider = {
  row: providerRows.vertex,
  upstream: {
    key: {
      format: 'gemini',
      path: (action) => `/v1/publishers/google/${geminiPath(action)}`,
      auth: ({ key }) => ({ 'x-goog-api-key': key }),
      passes: ['x-goog-user-project'],
      counts: true,
      modelList: (baseUrl, key) => ({
        url: `${baseUrl}/v1/publishers/google/models`,
        headers: { 'x-goog-api-key': key },
      }),
      // The list is that of the Model Garden, most of which a key may not use.
      offersListed: false,
    },
  },
  models: geminiModels,
};
