// ChatGPT accounts for Codex.

import { type Fields, objectIn, sendForObject } from '../../net/provider-request.ts';
import { formBody, withQuery } from '../../net/request-body.ts';
import type { CodeProvider, ProviderCall } from '../login-provider.ts';
import { createPkce, randomState } from '../secrets.ts';
import { accessTokenOf, filled, objectOf, textOf, timesOf } from '../token-response.ts';

const clientId = 'app_EMoamEEZ73f0CkXaXp7hrann';
const redirectUri = 'http://localhost:1455/auth/callback';
const tokenUrl = 'https://auth.openai.com/oauth/token';

export const codex: CodeProvider = {
  name: 'codex',
  title: 'Codex',
  type: 'codex',
  flow: 'code',
  callback: { port: 1455, path: '/auth/callback', route: '/codex/callback' },
  refreshLead: 5 * 86_400_000,
  newState: randomState,

  begin(state) {
    const { verifier, challenge } = createPkce(96);
    const url = withQuery('https://auth.openai.com/oauth/authorize', {
      client_id: clientId,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      codex_cli_simplified_flow: 'true',
      id_token_add_organizations: 'true',
      prompt: 'login',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid email profile offline_access',
      state,
    });
    return { url, verifier };
  },

  async exchange({ code, verifier }, call) {
    const answer = await askToken(call, {
      client_id: clientId,
      code,
      code_verifier: verifier,
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
    });
    const access = accessTokenOf(answer, new URL(tokenUrl).host);
    const idToken = textOf(answer, 'id_token');
    const { email, accountId } = identityIn(idToken);
    const times = timesOf(answer, call.clock.now());
    return {
      fileName: ['codex', email],
      identity: { email, account_id: accountId },
      content: {
        id_token: idToken,
        access_token: access,
        refresh_token: textOf(answer, 'refresh_token'),
        account_id: accountId,
        last_refresh: times.last_refresh,
        email,
        type: 'codex',
        ...(times.expired !== undefined && { expired: times.expired }),
      },
    };
  },

  async *refresh(content, call) {
    const answer = await askToken(call, {
      client_id: clientId,
      grant_type: 'refresh_token',
      refresh_token: textOf(content, 'refresh_token'),
      scope: 'openid profile email',
    });
    const idToken = textOf(answer, 'id_token');
    const { email, accountId } = identityIn(idToken);
    yield filled({
      id_token: idToken,
      access_token: accessTokenOf(answer, new URL(tokenUrl).host),
      refresh_token: textOf(answer, 'refresh_token'),
      account_id: accountId,
      email,
      type: 'codex',
      ...timesOf(answer, call.clock.now()),
    });
  },
};

function askToken(call: ProviderCall, fields: Readonly<Record<string, string>>) {
  return sendForObject(call, {
    method: 'POST',
    url: tokenUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: formBody(fields),
  });
}

/**
 * Who an identity token is about; `''` for what it does not say. The signature is not checked: the token comes
 * straight from the provider over TLS (OpenID Connect Core 3.1.3.7) and names an account, it grants nothing.
 */
function identityIn(idToken: string): { email: string; accountId: string } {
  const parts = idToken.split('.');
  const claims: Fields | undefined =
    parts.length === 3 ? objectIn(Buffer.from(parts[1] as string, 'base64url').toString('utf8')) : undefined;
  const auth = objectOf(claims, 'https://api.openai.com/auth');
  return { email: textOf(claims, 'email'), accountId: textOf(auth, 'chatgpt_account_id') };
}
