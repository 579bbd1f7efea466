// Claude: accounts of claude.ai, and keys of the Anthropic API.

import { providerRows } from '../../src-shared/providers.ts';
import type { Refusal } from '../gateway/model/errors/refusal.ts';
import type { Fields } from '../net/provider-request.ts';
import { withQuery } from '../net/request-body.ts';
import { createPkce, randomState } from './oauth/pkce.ts';
import { asksWithJson } from './oauth/token-request.ts';
import { accessTokenOf, filled, objectOf, textOf, timesOf } from './oauth/token-response.ts';
import { bearer } from './openai-api.ts';
import type { Access, CodeSignIn, Headers, Provider, Refresh, Upstream } from './provider.ts';

const clientId = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';
const tokenUrl = 'https://console.anthropic.com/v1/oauth/token';
const askToken = asksWithJson(tokenUrl);

const signIn: CodeSignIn = {
  flow: 'browser',
  callback: { path: '/callback', route: '/anthropic/callback' },
  newState: randomState,

  begin(state, redirectUri) {
    const { verifier, challenge } = createPkce(96);
    const url = withQuery('https://claude.ai/oauth/authorize', {
      client_id: clientId,
      code: 'true',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'org:create_api_key user:profile user:inference',
      state,
    });
    return { url, verifier };
  },

  async exchange({ code, state, verifier, redirectUri }, call) {
    const response = await askToken(call, {
      client_id: clientId,
      // Claude's page may hand out the code with the state behind it.
      code: code.split('#', 1)[0] as string,
      code_verifier: verifier,
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      state,
    });
    const access = accessTokenOf(response, new URL(tokenUrl).host);
    const { email, ...ids } = identityIn(response);
    const times = timesOf(response, call.clock.now());
    return {
      fileName: ['claude', email || ids.account_uuid],
      identity: { ...ids, email },
      hashedBy: 'organization_uuid',
      content: {
        id_token: '',
        access_token: access,
        refresh_token: textOf(response, 'refresh_token'),
        last_refresh: times.last_refresh,
        email,
        type: 'claude',
        ...filled(ids),
        ...(times.expired !== undefined && { expired: times.expired }),
      },
    };
  },
};

const refresh: Refresh = {
  leadMs: 4 * 3_600_000,

  async *renew(content, call) {
    const response = await askToken(call, {
      client_id: clientId,
      grant_type: 'refresh_token',
      refresh_token: textOf(content, 'refresh_token'),
    });
    yield filled({
      access_token: accessTokenOf(response, new URL(tokenUrl).host),
      refresh_token: textOf(response, 'refresh_token'),
      ...identityIn(response),
      type: 'claude',
      ...timesOf(response, call.clock.now()),
    });
  },
};

/** Whose tokens they are, with the names that account files have; a person may be in several organisations. */
function identityIn(response: Fields) {
  const account = objectOf(response, 'account');
  return {
    organization_uuid: textOf(objectOf(response, 'organization'), 'uuid'),
    account_uuid: textOf(account, 'uuid'),
    email: textOf(account, 'email_address'),
  };
}

/** Keys go in Anthropic's own header. Tokens of accounts are bearer tokens and need a beta named. */
function auth({ key, account }: Access): Headers {
  if (account === undefined && !key.startsWith('sk-ant-oat')) return { 'x-api-key': key };
  return { ...bearer(key || textOf(account, 'access_token')), 'anthropic-beta': 'oauth-2025-04-20' };
}

const version = { 'anthropic-version': '2023-06-01' } as const;

const upstream: Upstream = {
  format: 'messages',
  path: ({ action }) => (action === 'count' ? '/v1/messages/count_tokens' : '/v1/messages'),
  auth,
  needs: version,
  passes: ['anthropic-version', 'anthropic-beta'],
  counts: true,
};

const ownProgramsOnly = 'Anthropic accepts this login only in its own programs. Use an API key.';

/** Since January 2026 requests of other programs are refused with the status of a bad request. */
const refusals: readonly Refusal[] = [
  { status: [400], says: ['only authorized for use with claude code'], sentence: ownProgramsOnly, as: 402 },
  { status: [400], says: ['"message":"error"', '"message": "error"'], sentence: ownProgramsOnly, as: 402 },
  {
    status: [400],
    says: ['draw from your extra usage', 'draws from your extra usage'],
    sentence: 'Anthropic counts this as extra usage, which is switched off or used up for your account.',
    as: 402,
  },
  {
    status: [401],
    says: ['oauth authentication is currently not supported'],
    sentence:
      'Anthropic does not take logins here (the beta oauth-2025-04-20 is missing or switched off). Use an API key.',
    as: 403,
  },
  {
    status: [401, 403],
    says: ['oauth authentication is currently not allowed'],
    sentence: 'Your plan has ended or your organisation has switched this off.',
    as: 402,
  },
  {
    status: [400, 403],
    says: ['organization has been disabled'],
    sentence: 'Anthropic has closed this account.',
    as: 402,
  },
];

export const claude: Provider = {
  row: providerRows.claude,
  signIns: [signIn],
  refresh,
  upstream: {
    account: {
      ...upstream,
      refusals,
      baseUrl: () => 'https://api.anthropic.com',
      modelList: (content, after) => ({
        url: withQuery('https://api.anthropic.com/v1/models', {
          limit: '1000',
          ...(after !== undefined && { after_id: after }),
        }),
        headers: { ...auth({ key: '', account: content }), ...version },
      }),
    },
    key: {
      ...upstream,
      services: { passes: ['batches'], path: (path) => path },
      modelList: (base, key) => ({ url: `${base}/v1/models?limit=1000`, headers: { 'x-api-key': key, ...version } }),
      offersListed: true,
    },
  },
  models: {
    owner: 'anthropic',
    family: ['claude-*'],
    names: [
      'claude-haiku-4-5-20251001',
      'claude-sonnet-4-5-20250929',
      'claude-opus-4-1-20250805',
      'claude-opus-4-20250514',
      'claude-sonnet-4-20250514',
      'claude-3-7-sonnet-20250219',
      'claude-3-5-haiku-20241022',
    ],
  },
};
