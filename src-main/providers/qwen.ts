// Qwen accounts, by device login.

import { providerRows } from '../../src-shared/providers.ts';
import { stripTrailing } from '../lib/strip-trailing.ts';
import { ProviderError } from '../net/provider-error.ts';
import { type Fields, objectIn, rejection, send, sendForObject, unreadable } from '../net/provider-request.ts';
import { formBody } from '../net/request-body.ts';
import { bearer, chatServer } from './openai-api.ts';
import { createPkce, randomState } from './pkce.ts';
import type { DeviceSignIn, NewAccount, Provider, ProviderCall, Refresh } from './provider.ts';
import { accessTokenOf, filled, secondsOf, textOf, timesOf } from './token-response.ts';

const clientId = 'f0304373b74a44d2b584a3fb70ca9e56';
const host = 'chat.qwen.ai';
const tokenUrl = `https://${host}/api/v1/oauth2/token`;
const form = { 'content-type': 'application/x-www-form-urlencoded' } as const;

/** RFC 8628 section 3.2: what holds when the provider does not say. */
const defaultIntervalSeconds = 5;
const defaultLifetimeSeconds = 300;
/** Nobody looks at a sign-in page for longer. */
const maxLifetimeSeconds = 1800;
const maxIntervalSeconds = 60;

const signIn: DeviceSignIn = {
  flow: 'device',
  newState: () => randomState('gem-'),

  async begin(call) {
    const { verifier, challenge } = createPkce(32);
    const response = await sendForObject(
      call,
      {
        method: 'POST',
        url: `https://${host}/api/v1/oauth2/device/code`,
        headers: { ...form, accept: 'application/json' },
        body: formBody({
          client_id: clientId,
          code_challenge: challenge,
          code_challenge_method: 'S256',
          scope: 'openid profile email model.completion',
        }),
      },
      'Try again later.',
    );
    const deviceCode = textOf(response, 'device_code');
    const url = textOf(response, 'verification_uri_complete') || textOf(response, 'verification_uri');
    if (deviceCode === '' || !isPageOfQwen(url)) throw unreadable(host);
    const lifetime = secondsOf(response.expires_in) || defaultLifetimeSeconds;
    const interval = secondsOf(response.interval) || defaultIntervalSeconds;
    return {
      url,
      deviceCode,
      verifier,
      userCode: textOf(response, 'user_code'),
      lifetimeMs: Math.min(lifetime, maxLifetimeSeconds) * 1000,
      intervalMs: Math.min(interval, maxIntervalSeconds) * 1000,
    };
  },

  async poll({ deviceCode, verifier }, call) {
    const response = await send(call, {
      method: 'POST',
      url: tokenUrl,
      headers: form,
      body: formBody({
        client_id: clientId,
        code_verifier: verifier,
        device_code: deviceCode,
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      }),
    });
    const fields = objectIn(response.text);
    if (response.status === 200) {
      if (fields === undefined) throw unreadable(host);
      return account(fields, call);
    }
    if (response.status === 400 && fields?.error === 'authorization_pending') return 'pending';
    if (response.status === 400 && fields?.error === 'slow_down') return 'slow-down';
    if (fields?.error === 'access_denied') throw denied(response.status);
    if (fields?.error === 'expired_token') throw expired(response.status);
    throw rejection(call, host, response, 'Log in again.');
  },
};

const refresh: Refresh = {
  leadMs: 3 * 3_600_000,

  async *renew(content, call) {
    const response = await sendForObject(call, {
      method: 'POST',
      url: tokenUrl,
      headers: { ...form, accept: 'application/json' },
      body: formBody({
        client_id: clientId,
        grant_type: 'refresh_token',
        refresh_token: textOf(content, 'refresh_token'),
      }),
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

/** The page is named by the provider's response and opened in the person's browser. */
function isPageOfQwen(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && (hostname === 'qwen.ai' || hostname.endsWith('.qwen.ai'));
}

function denied(status: number): ProviderError {
  const sentence = 'The login was denied on the page of Qwen. Start it again to allow it.';
  return new ProviderError('rejected', sentence, { status, oauthError: 'access_denied' });
}

function expired(status: number): ProviderError {
  const sentence = 'The login was not confirmed in time. Start it again.';
  return new ProviderError('rejected', sentence, { status, oauthError: 'expired_token' });
}

/** `resource_url` is a host name, at times with a scheme or a path. */
function baseUrl(content: Fields): string {
  const resource = stripTrailing(textOf(content, 'resource_url').trim(), '/');
  if (resource === '') return 'https://portal.qwen.ai/v1';
  const address = /^https?:\/\//.test(resource) ? resource : `https://${resource}`;
  return address.endsWith('/v1') ? address : `${address}/v1`;
}

export const qwen: Provider = {
  row: providerRows.qwen,
  signIns: [signIn],
  refresh,
  upstream: {
    account: {
      ...chatServer,
      baseUrl,
      auth: ({ account: content }) => bearer(textOf(content, 'access_token')),
      passes: [],
    },
  },
  models: { owner: 'qwen', names: ['qwen3-coder-plus', 'qwen3-coder-flash', 'vision-model'] },
};
