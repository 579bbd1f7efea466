// Claude accounts.

import { sendForObject } from '../../net/provider-request.ts';
import { jsonBody, withQuery } from '../../net/request-body.ts';
import type { CodeProvider, ProviderCall } from '../login-provider.ts';
import { createPkce, randomState } from '../secrets.ts';
import { accessTokenOf, filled, objectOf, textOf, timesOf } from '../token-response.ts';

const clientId = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';
const redirectUri = 'http://localhost:54545/callback';
const tokenUrl = 'https://console.anthropic.com/v1/oauth/token';

export const anthropic: CodeProvider = {
  name: 'anthropic',
  title: 'Claude',
  type: 'claude',
  flow: 'code',
  callback: { port: 54545, path: '/callback', route: '/anthropic/callback' },
  refreshLead: 4 * 3_600_000,
  newState: randomState,

  begin(state) {
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

  async exchange({ code, state, verifier }, call) {
    const answer = await askToken(call, {
      client_id: clientId,
      // Claude's page may hand out the code with the state behind it.
      code: code.split('#', 1)[0] as string,
      code_verifier: verifier,
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      state,
    });
    const access = accessTokenOf(answer, new URL(tokenUrl).host);
    const email = textOf(objectOf(answer, 'account'), 'email_address');
    const times = timesOf(answer, call.clock.now());
    return {
      fileName: ['claude', email],
      identity: { email },
      content: {
        id_token: '',
        access_token: access,
        refresh_token: textOf(answer, 'refresh_token'),
        last_refresh: times.last_refresh,
        email,
        type: 'claude',
        ...(times.expired !== undefined && { expired: times.expired }),
      },
    };
  },

  async *refresh(content, call) {
    const answer = await askToken(call, {
      client_id: clientId,
      grant_type: 'refresh_token',
      refresh_token: textOf(content, 'refresh_token'),
    });
    yield filled({
      access_token: accessTokenOf(answer, new URL(tokenUrl).host),
      refresh_token: textOf(answer, 'refresh_token'),
      email: textOf(objectOf(answer, 'account'), 'email_address'),
      type: 'claude',
      ...timesOf(answer, call.clock.now()),
    });
  },
};

function askToken(call: ProviderCall, fields: Readonly<Record<string, string>>) {
  return sendForObject(call, {
    method: 'POST',
    url: tokenUrl,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: jsonBody(fields),
  });
}
