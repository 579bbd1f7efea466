// OpenRouter accounts. A login makes an API key, which neither expires nor is renewed (openrouter.ai/docs, OAuth PKCE).
import { createHash } from 'node:crypto';
import { providerRows } from '../../src-shared/providers.ts';
import { sendForObject, unreadable } from '../net/provider-request.ts';
import { jsonBody, withQuery } from '../net/request-body.ts';
import { createPkce, randomState } from './oauth/pkce.ts';
import { textOf, wholeSeconds } from './oauth/token-response.ts';
import { bearer, chatServer } from './openai-api.ts';
import type { CodeSignIn, Provider } from './provider.ts';

const host = 'openrouter.ai';
/** Files may name another one. The key does not go there. */
const baseUrl = `https://${host}/api/v1`;

const newState = () => randomState('openrouter-');
const callback = { path: '/openrouter/callback', route: '/openrouter/callback' } as const;

/** OpenRouter knows no state of its own: it rides in the address that the browser is sent back to. */
function begin(state: string, redirectUri: string) {
  const { verifier, challenge } = createPkce(48);
  const url = withQuery(`https://${host}/auth`, {
    ...(redirectUri === '' ? { key_label: 'CLI Proxy Desktop' } : { callback_url: withQuery(redirectUri, { state }) }),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  return { url, verifier };
}

const exchange: CodeSignIn['exchange'] = async ({ code, verifier }, call) => {
  const response = await sendForObject(call, {
    method: 'POST',
    url: `${baseUrl}/auth/keys`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: jsonBody({ code: code.trim(), code_verifier: verifier, code_challenge_method: 'S256' }),
  });
  const key = textOf(response, 'key').trim();
  if (key === '') throw unreadable(host);
  const userId = textOf(response, 'user_id').trim();
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return {
    fileName: ['openrouter', userId || digest],
    // Without a user each key is an account of its own.
    identity: userId === '' ? { api_key: key } : { user_id: userId },
    content: {
      type: 'openrouter',
      api_key: key,
      ...(userId !== '' && { user_id: userId }),
      base_url: baseUrl,
      auth_kind: 'oauth',
      created: wholeSeconds(call.clock.now()),
    },
  };
};

export const openrouter: Provider = {
  row: providerRows.openrouter,
  signIns: [
    { flow: 'browser', newState, callback, begin, exchange },
    { flow: 'manual', newState, callback, begin: (state) => begin(state, ''), exchange },
  ],
  upstream: {
    account: {
      ...chatServer,
      baseUrl: () => baseUrl,
      auth: ({ account }) => bearer(textOf(account, 'api_key')),
      passes: [],
      // Public: it is asked without the key.
      modelList: () => ({ url: `${baseUrl}/models`, headers: {} }),
      refusals: [
        {
          status: [401],
          says: [''],
          sentence: 'OpenRouter does not know the key of this account any more. Sign in again.',
          as: 403,
          needsLogin: true,
        },
        {
          status: [402],
          says: [''],
          sentence: 'The credits of this OpenRouter account or the limit of its key are used up.',
        },
      ],
    },
  },
  // Hundreds, of all vendors, which stand before the slash.
  models: { owner: 'openrouter', family: ['*/*'], names: [] },
};
