// xAI: keys of its API, which speaks OpenAI's Responses.
import { providerRows } from '../../src-shared/providers.ts';
import { bearer, listsOpenAiModels, openAiHeaders } from './openai-api.ts';
import type { KeyUpstream, Provider } from './provider.ts';

const key: KeyUpstream = {
  format: 'responses',
  path: () => '/responses',
  auth: (access) => bearer(access.key),
  passes: openAiHeaders,
  counts: false,
  ...listsOpenAiModels,
};

export const xai: Provider = {
  row: providerRows.xai,
  upstream: { key },
  models: {
    owner: 'xai',
    family: ['grok-*'],
    names: ['grok-4.7', 'grok-4.6', 'grok-4.5', 'grok-4.3', 'grok-code-fast-1'],
    channels: ['x-ai', 'grok'],
  },
};
