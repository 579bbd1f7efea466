// Keys of the Gemini API, from Google AI Studio.
import { providerRows } from '../../src-shared/providers.ts';
import { joinUrl } from '../net/join-url.ts';
import { geminiModels, geminiPath } from './google/gemini-models.ts';
import type { Provider } from './provider.ts';
import { googleRoutes } from './service-routes.ts';

export const gemini: Provider = {
  row: providerRows.gemini,
  upstream: {
    key: {
      format: 'gemini',
      path: (action) => `/v1beta/${geminiPath(action)}`,
      auth: ({ key }) => ({ 'x-goog-api-key': key }),
      passes: ['x-goog-user-project'],
      counts: true,
      services: { ...googleRoutes, path: (path) => path },
      modelList: (baseUrl, key) => ({
        url: joinUrl(baseUrl, '/v1beta/models?pageSize=1000').href,
        headers: { 'x-goog-api-key': key },
      }),
      offersListed: true,
    },
  },
  models: geminiModels,
};
