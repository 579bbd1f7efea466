// The routes beside the formats' own, as data. Each of them is served by one mechanism: a candidate is chosen, its key
// takes the place of the client's, and bytes go both ways as they come.
import type { ServiceRouteName } from '../../providers/service-routes.ts';
import { formats } from '../formats/formats.ts';
import type { ErrorFamily } from '../model/errors/attempt-error.ts';

export interface ServiceRoute {
  readonly name: ServiceRouteName;
  readonly method: 'DELETE' | 'GET' | 'POST';
  /** With at most one `{model}` or `{id}`. */
  readonly path: string;
  /** In whose form clients ask. */
  readonly family: ErrorFamily;
  /** `form`: multipart; `either`: JSON or multipart, as its content type says; `any`: whatever it is. */
  readonly body: 'any' | 'either' | 'form' | 'json' | 'none';
  /** Where the model stands; `owner`: nowhere, the request belongs to the key that made what it is about. */
  readonly model: 'body' | 'owner' | 'path';
  /** For a body that names no model, when somebody here has this one. The body then stays without. */
  readonly defaultModel?: string;
  /** The member of a JSON body that names something whose owner is asked. */
  readonly ownerMember?: string;
  /** Members of the response that name what belongs to the key that gave it. */
  readonly owns?: readonly string[];
}

/** By whose form clients ask. */
export const families = {
  openAi: formats.chat.errorFamily,
  anthropic: formats.messages.errorFamily,
  google: formats.gemini.errorFamily,
};

const openAi = { method: 'POST', family: families.openAi, body: 'json', model: 'body' } as const;
const image = { ...openAi, name: 'images', defaultModel: 'gpt-image-1' } as const;
const audio = { ...openAi, name: 'audio' } as const;
const gemini = { method: 'POST', family: families.google, body: 'json', model: 'path' } as const;
const owned = { name: 'batches', model: 'owner', body: 'none' } as const;
const openAiOwned = { ...owned, family: families.openAi } as const;
/** Its results are files of the same key. */
const openAiBatch = { ...openAiOwned, owns: ['id', 'output_file_id', 'error_file_id'] } as const;
const anthropicOwned = { ...owned, family: families.anthropic } as const;

/** What this gateway does not keep itself is asked of the service that made it. */
const kept = { name: 'kept-responses', model: 'owner', body: 'none', family: families.openAi } as const;

const filesOf = (family: ErrorFamily): readonly ServiceRoute[] => [
  { ...owned, family, method: 'POST', path: '/v1/files', body: 'any', owns: ['id'] },
  { ...owned, family, method: 'GET', path: '/v1/files' },
  { ...owned, family, method: 'GET', path: '/v1/files/{id}', owns: ['id'] },
  { ...owned, family, method: 'DELETE', path: '/v1/files/{id}' },
  { ...owned, family, method: 'GET', path: '/v1/files/{id}/content' },
];

export const serviceRoutes: readonly ServiceRoute[] = [
  { ...openAi, name: 'embeddings', path: '/v1/embeddings' },
  { ...gemini, name: 'embeddings', path: '/v1beta/models/{model}:embedContent' },
  { ...gemini, name: 'embeddings', path: '/v1beta/models/{model}:batchEmbedContents' },
  { ...openAi, name: 'rerank', path: '/v1/rerank' },
  { ...openAi, name: 'moderations', path: '/v1/moderations', defaultModel: 'omni-moderation-latest' },
  { ...image, path: '/v1/images/generations' },
  { ...image, path: '/v1/images/edits', body: 'either' },
  { ...image, path: '/v1/images/variations', body: 'form' },
  { ...audio, path: '/v1/audio/transcriptions', body: 'form' },
  { ...audio, path: '/v1/audio/translations', body: 'form' },
  { ...audio, path: '/v1/audio/speech' },
  { ...openAi, name: 'compact', path: '/v1/responses/compact' },
  { ...openAi, name: 'input-tokens', path: '/v1/responses/input_tokens' },

  { ...kept, method: 'GET', path: '/v1/responses/{id}' },
  { ...kept, method: 'GET', path: '/v1/responses/{id}/input_items' },
  { ...kept, method: 'DELETE', path: '/v1/responses/{id}' },
  { ...kept, method: 'POST', path: '/v1/responses/{id}/cancel', body: 'any' },

  { ...anthropicOwned, method: 'POST', path: '/v1/messages/batches', body: 'any', owns: ['id'] },
  { ...anthropicOwned, method: 'GET', path: '/v1/messages/batches' },
  { ...anthropicOwned, method: 'GET', path: '/v1/messages/batches/{id}', owns: ['id'] },
  { ...anthropicOwned, method: 'DELETE', path: '/v1/messages/batches/{id}' },
  { ...anthropicOwned, method: 'POST', path: '/v1/messages/batches/{id}/cancel', body: 'any' },
  { ...anthropicOwned, method: 'GET', path: '/v1/messages/batches/{id}/results' },
  ...filesOf(families.anthropic),
  ...filesOf(families.openAi),
  { ...openAiBatch, method: 'POST', path: '/v1/batches', body: 'json', ownerMember: 'input_file_id' },
  { ...openAiOwned, method: 'GET', path: '/v1/batches' },
  { ...openAiBatch, method: 'GET', path: '/v1/batches/{id}' },
  { ...openAiBatch, method: 'POST', path: '/v1/batches/{id}/cancel', body: 'any' },
];

/** Routes of the vendors that are known and not served: the word behind the version. */
const unserved = [
  'realtime',
  'assistants',
  'threads',
  'vector_stores',
  'fine_tuning',
  'evals',
  'uploads',
  'containers',
  'conversations',
  'videos',
  'skills',
  'chatkit',
  'organization',
  'agents',
  'sessions',
];
const unservedGemini = ['cachedContents', 'files', 'batches', 'tunedModels', 'corpora', 'interactions'];
const unservedActions = [
  'predict',
  'predictLongRunning',
  'batchGenerateContent',
  'asyncBatchEmbedContent',
  'generateAnswer',
];

/** The name of a known route that is not served, for the sentence that says so. `path` is without query. */
export function unservedRoute(path: string): string | undefined {
  const [, version = '', word = ''] = path.split('/');
  if (version === 'v1') return unserved.includes(word) ? `/v1/${word}` : undefined;
  if (version !== 'v1beta') return undefined;
  if (unservedGemini.includes(word)) return `/v1beta/${word}`;
  const action = path.slice(path.lastIndexOf(':') + 1);
  return path.includes(':') && unservedActions.includes(action) ? `:${action}` : undefined;
}
