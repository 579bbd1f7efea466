// Vertex AI: keys in express mode, and accounts by the key file of a service account.
import { Problem } from '../../src-shared/problem.ts';
import { providerRows } from '../../src-shared/providers.ts';
import type { Fields } from '../net/provider-request.ts';
import { geminiModels, geminiPath } from './google/gemini-models.ts';
import { mintToken, readServiceAccount, serviceAccountOf } from './google/service-account.ts';
import { textOf, wholeSeconds } from './oauth/token-response.ts';
import { bearer } from './openai-api.ts';
import type { AccountUpstream, FileSignIn, KeyUpstream, Provider, Refresh } from './provider.ts';
import { googleRoutes } from './service-routes.ts';

const defaultLocation = 'us-central1';
/** It becomes part of a host name. */
const locationPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

const signIn: FileSignIn = {
  flow: 'file',

  read(text, given) {
    const account = readServiceAccount(text);
    const project = textOf(account, 'project_id').trim();
    if (project === '') throw new Problem('project_id_missing');
    const location = given.trim() || defaultLocation;
    if (!locationPattern.test(location)) throw new Problem('invalid_location');
    const email = textOf(account, 'client_email').trim();
    return {
      fileName: ['vertex', project.replaceAll(' ', '-')],
      identity: { email },
      content: {
        type: 'vertex',
        service_account: account,
        project_id: project,
        email,
        location,
        label: `${project} (${email})`,
      },
    };
  },
};

const refresh: Refresh = {
  leadMs: undefined,
  inMemory: true,
  secretOf: (content) => textOf(serviceAccountOf(content), 'private_key'),

  async *renew(content, call) {
    const { accessToken, expires } = await mintToken(serviceAccountOf(content), call);
    yield { access_token: accessToken, expired: wholeSeconds(expires) };
  },
};

/** `global` has a host of its own. */
function baseUrl(content: Fields): string | undefined {
  const location = textOf(content, 'location').trim() || defaultLocation;
  const project = textOf(content, 'project_id').trim();
  if (!locationPattern.test(location) || /^\.{0,2}$/.test(project)) return undefined;
  const host = location === 'global' ? 'aiplatform.googleapis.com' : `${location}-aiplatform.googleapis.com`;
  return `https://${host}/v1/projects/${encodeURIComponent(project)}/locations/${location}/publishers/google`;
}

const account: AccountUpstream = {
  format: 'gemini',
  baseUrl,
  mintsTokens: true,
  path: (action) => `/${geminiPath(action)}`,
  auth: ({ account: content }) => bearer(textOf(content, 'access_token')),
  passes: [],
  counts: true,
  refusals: [
    {
      status: [403],
      says: ['service_disabled', 'it is disabled'],
      sentence: 'Vertex AI is switched off in this project. Switch the API on in the Google Cloud console.',
      as: 402,
    },
    {
      status: [403],
      says: ['iam_permission_denied', "permission 'aiplatform"],
      sentence: 'The service account may not use Vertex AI. Give it the role Vertex AI User.',
      as: 402,
    },
    { status: [404], says: [''], sentence: 'This model is not offered in this region.' },
  ],
};

const key: KeyUpstream = {
  format: 'gemini',
  path: (action) => `/v1/publishers/google/${geminiPath(action)}`,
  auth: (access) => ({ 'x-goog-api-key': access.key }),
  passes: ['x-goog-user-project'],
  counts: true,
  // Its embeddings are behind `:predict`, which is another call.
  services: {
    ...googleRoutes,
    passes: [],
    translates: ['images'],
    path: (path) => path.replace('/v1beta/', '/v1/publishers/google/'),
    families: { images: googleRoutes.families?.images ?? { names: [] } },
  },
  modelList: (base, apiKey) => ({
    url: `${base}/v1/publishers/google/models`,
    headers: { 'x-goog-api-key': apiKey },
  }),
  // The list is that of the Model Garden, most of which a key may not use.
  offersListed: false,
};

export const vertex: Provider = {
  row: providerRows.vertex,
  signIns: [signIn],
  refresh,
  upstream: { account, key },
  models: geminiModels,
};
