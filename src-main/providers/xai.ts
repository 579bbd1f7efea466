// xAI: keys of its API, and accounts (SuperGrok, X Premium) by device login. xAI has given this program no client id: the
// config names one.
import { providerRows } from '../../src-shared/providers.ts';
import type { Refusal } from '../gateway/model/errors/refusal.ts';
import { stripTrailing } from '../lib/strip-trailing.ts';
import type { Fields } from '../net/provider-request.ts';
import { askDeviceCode, type DeviceProvider, pollDeviceToken } from './oauth/device-flow.ts';
import { claimsIn } from './oauth/identity-token.ts';
import { randomState } from './oauth/pkce.ts';
import { acceptsJson, asksWithForm } from './oauth/token-request.ts';
import { accessTokenOf, filled, textOf, timesOf } from './oauth/token-response.ts';
import { bearer, listsOpenAiModels, openAiHeaders } from './openai-api.ts';
import type { DeviceSignIn, NewAccount, Provider, ProviderCall, Refresh } from './provider.ts';

const host = 'auth.x.ai';
/** Files may name another one. Nothing secret goes there. */
const tokenUrl = `https://${host}/oauth2/token`;
const baseUrl = 'https://api.x.ai/v1';

const device: DeviceProvider = {
  title: providerRows.xai.title,
  deviceUrl: `https://${host}/oauth2/device/code`,
  tokenUrl,
  pageDomain: 'x.ai',
  pollHeaders: acceptsJson,
};

const signIn: DeviceSignIn = {
  flow: 'device',
  newState: () => randomState('xai-'),

  async begin(call) {
    const scope = 'openid profile email offline_access grok-cli:access api:access';
    return { ...(await askDeviceCode(device, call, { client_id: call.clientId, scope })), verifier: '' };
  },

  async poll({ deviceCode }, call) {
    const tokens = await pollDeviceToken(device, call, { client_id: call.clientId, device_code: deviceCode });
    return typeof tokens === 'string' ? tokens : async () => accountOf(tokens, call);
  },
};

const askToken = asksWithForm(tokenUrl);

const refresh: Refresh = {
  leadMs: 5 * 60_000,

  async *renew(content, call) {
    const response = await askToken(call, {
      client_id: call.clientId,
      grant_type: 'refresh_token',
      refresh_token: textOf(content, 'refresh_token'),
    });
    yield filled({
      access_token: accessTokenOf(response, host),
      refresh_token: textOf(response, 'refresh_token'),
      id_token: textOf(response, 'id_token'),
      ...timesOf(response, call.clock.now()),
    });
  },
};

/** Throws ProviderError when the response has no access token. */
function accountOf(response: Fields, call: ProviderCall): NewAccount {
  const access = accessTokenOf(response, host);
  const idToken = textOf(response, 'id_token');
  const claims = claimsIn(idToken);
  const email = textOf(claims, 'email').trim();
  const sub = textOf(claims, 'sub').trim();
  const { expired, last_refresh } = timesOf(response, call.clock.now());
  return {
    fileName: ['xai', nameOf(email) || nameOf(sub) || String(call.uniqueTime())],
    identity: { sub, email },
    hashedBy: 'sub',
    decidedBy: 'sub',
    content: {
      type: 'xai',
      access_token: access,
      refresh_token: textOf(response, 'refresh_token'),
      ...filled({
        id_token: idToken,
        token_type: textOf(response, 'token_type'),
        expires_in: response.expires_in,
        expired,
      }),
      last_refresh,
      email,
      sub,
      base_url: baseUrl,
      token_endpoint: tokenUrl,
      auth_kind: 'oauth',
      // Without it CLIProxyAPI sends requests of this account elsewhere, under the name of xAI's own program.
      using_api: true,
    },
  };
}

/** As CLIProxyAPI names the file. */
const nameOf = (text: string) => stripTrailing(text.replace(/[^A-Za-z0-9@._-]/g, '-').replace(/^-+/, ''), '-');

const planSentence = 'Your Grok plan does not cover this request, or it is used up. See grok.com/?_s=usage.';
const day = 24 * 3_600_000;
const halfHour = 30 * 60_000;

/** The wording of xAI's errors as reported in 2026. Those of the first kind cannot be told apart. */
const refusals: readonly Refusal[] = [
  {
    status: [401, 403],
    says: ['access token could not be validated'],
    sentence: 'xAI does not accept the token of this account.',
    as: 401,
  },
  {
    status: [402, 403],
    says: ['run out of available resources', 'run out of credits', 'grok subscription', 'spending-limit'],
    sentence: planSentence,
    as: 402,
    cooldownMs: halfHour,
  },
  {
    status: [403],
    says: ['access to the chat endpoint is denied'],
    sentence: 'xAI does not accept this login for this service.',
    as: 402,
  },
  {
    status: [429],
    says: ['free-usage-exhausted', 'included free usage'],
    sentence: 'The free allowance of this account is used up; it is asked again within 24 hours.',
    cooldownMs: day,
  },
  {
    status: [429],
    says: ['used all available credits', 'monthly spending limit'],
    sentence: 'The credits of this account are used up, or its monthly limit is reached. See console.x.ai.',
    cooldownMs: halfHour,
  },
];

/** Accounts and keys speak OpenAI's Responses. */
const upstream = { format: 'responses', path: () => '/responses', counts: false } as const;

export const xai: Provider = {
  row: providerRows.xai,
  signIns: [signIn],
  refresh,
  upstream: {
    account: {
      ...upstream,
      baseUrl: () => baseUrl,
      auth: ({ account }) => bearer(textOf(account, 'access_token')),
      passes: [],
      refusals,
      modelList: (content) => ({ url: `${baseUrl}/models`, headers: bearer(textOf(content, 'access_token')) }),
    },
    key: { ...upstream, auth: ({ key }) => bearer(key), passes: openAiHeaders, refusals, ...listsOpenAiModels },
  },
  models: {
    owner: 'xai',
    family: ['grok-*'],
    names: ['grok-4.7', 'grok-4.6', 'grok-4.5', 'grok-4.3', 'grok-code-fast-1'],
    channels: ['x-ai', 'grok'],
  },
};
