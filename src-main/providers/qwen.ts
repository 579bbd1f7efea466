// Qwen accounts, by device login.

import { providerRows } from '../../src-shared/providers.ts';
import { stripTrailing } from '../lib/strip-trailing.ts';
import type { Fields } from '../net/provider-request.ts';
import { askDeviceCode, type DeviceProvider, pollDeviceToken } from './oauth/device-flow.ts';
import { createPkce, randomState } from './oauth/pkce.ts';
import { asksWithForm } from './oauth/token-request.ts';
import { accessTokenOf, filled, textOf, timesOf } from './oauth/token-response.ts';
import { bearer, chatServer } from './openai-api.ts';
import type { DeviceSignIn, NewAccount, Provider, ProviderCall, Refresh } from './provider.ts';

const clientId = 'f0304373b74a44d2b584a3fb70ca9e56';
const host = 'chat.qwen.ai';
const tokenUrl = `https://${host}/api/v1/oauth2/token`;

const device: DeviceProvider = {
  title: providerRows.qwen.title,
  deviceUrl: `https://${host}/api/v1/oauth2/device/code`,
  tokenUrl,
  pageDomain: 'qwen.ai',
  pollHeaders: {},
};

const signIn: DeviceSignIn = {
  flow: 'device',
  newState: () => randomState('gem-'),

  async begin(call) {
    const { verifier, challenge } = createPkce(32);
    const code = await askDeviceCode(device, call, {
      client_id: clientId,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      scope: 'openid profile email model.completion',
    });
    return { ...code, verifier };
  },

  async poll({ deviceCode, verifier }, call) {
    const tokens = await pollDeviceToken(device, call, {
      client_id: clientId,
      code_verifier: verifier,
      device_code: deviceCode,
    });
    return typeof tokens === 'string' ? tokens : async () => account(tokens, call);
  },
};

const askToken = asksWithForm(tokenUrl);

const refresh: Refresh = {
  leadMs: 3 * 3_600_000,

  async *renew(content, call) {
    const response = await askToken(call, {
      client_id: clientId,
      grant_type: 'refresh_token',
      refresh_token: textOf(content, 'refresh_token'),
    });
    yield filled({
      access_token: accessTokenOf(response, host),
      refresh_token: textOf(response, 'refresh_token'),
      resource_url: textOf(response, 'resource_url'),
      type: 'qwen',
      ...timesOf(response, call.clock.now()),
    });
  },
};

/** The response does not say whose account it is: CLIProxyAPI names it by the time, and so do we. */
function account(response: Readonly<Record<string, unknown>>, call: ProviderCall): NewAccount {
  const access = accessTokenOf(response, host);
  const email = `qwen-${call.uniqueTime()}`;
  const times = timesOf(response, call.clock.now());
  return {
    fileName: ['qwen', email],
    identity: { email },
    content: {
      access_token: access,
      refresh_token: textOf(response, 'refresh_token'),
      last_refresh: times.last_refresh,
      resource_url: textOf(response, 'resource_url'),
      email,
      type: 'qwen',
      ...(times.expired !== undefined && { expired: times.expired }),
    },
  };
}

/** `resource_url` is a host name, at times with a scheme or a path. */
function baseUrl(content: Fields): string {
  const resource = stripTrailing(textOf(content, 'resource_url').trim(), '/');
  if (resource === '') return 'https://portal.qwen.ai/v1';
  const address = /^https?:\/\//.test(resource) ? resource : `https://${resource}`;
  return address.endsWith('/v1') ? address : `${address}/v1`;
}

const ended =
  "Qwen's free login ended on 15 April 2026. Use an API key, such as one of its Coding Plan or of OpenRouter.";

export const qwen: Provider = {
  row: providerRows.qwen,
  signIns: [signIn],
  refresh,
  ended,
  upstream: {
    account: {
      ...chatServer,
      refusals: [{ status: [401], says: [''], sentence: ended }],
      baseUrl,
      auth: ({ account: content }) => bearer(textOf(content, 'access_token')),
      passes: [],
    },
  },
  models: { owner: 'qwen', names: ['qwen3-coder-plus', 'qwen3-coder-flash', 'vision-model'] },
};
