// Codex: ChatGPT accounts, and keys of OpenAI's Responses API or of services that speak it.

import { providerRows } from '../../src-shared/providers.ts';
import type { Fields } from '../net/provider-request.ts';
import { withQuery } from '../net/request-body.ts';
import codexClient from './codex-client.json' with { type: 'json' };
import { codexDeviceSignIn } from './codex-device.ts';
import { claimsIn } from './oauth/identity-token.ts';
import { createPkce, randomState } from './oauth/pkce.ts';
import { asksWithForm } from './oauth/token-request.ts';
import { accessTokenOf, filled, objectOf, textOf, timesOf } from './oauth/token-response.ts';
import { bearer, listsOpenAiModels, openAiHeaders } from './openai-api.ts';
import type {
  AccountUpstream,
  CodeSignIn,
  EffortName,
  Grant,
  Headers,
  KeyUpstream,
  LimitsQuestion,
  NewAccount,
  Provider,
  ProviderCall,
  Refresh,
} from './provider.ts';
import { belowVersion, openAiFamilies } from './service-routes.ts';

const clientId = 'app_EMoamEEZ73f0CkXaXp7hrann';
const tokenUrl = 'https://auth.openai.com/oauth/token';
const askToken = asksWithForm(tokenUrl);

const signIn: CodeSignIn = {
  flow: 'browser',
  callback: { path: '/auth/callback', route: '/codex/callback' },
  newState: randomState,

  begin(state, redirectUri) {
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

  exchange,
};

/** Trades a code for an account, wherever its page was. Throws ProviderError. */
async function exchange(
  { code, verifier, redirectUri }: Pick<Grant, 'code' | 'verifier' | 'redirectUri'>,
  call: ProviderCall,
): Promise<NewAccount> {
  const response = await askToken(call, {
    client_id: clientId,
    code,
    code_verifier: verifier,
    grant_type: 'authorization_code',
    redirect_uri: redirectUri,
  });
  return accountOf(response, call);
}

/** Throws ProviderError when the response has no access token. */
function accountOf(response: Fields, call: ProviderCall): NewAccount {
  const access = accessTokenOf(response, new URL(tokenUrl).host);
  const idToken = textOf(response, 'id_token');
  const { email, accountId } = identityIn(idToken);
  const times = timesOf(response, call.clock.now());
  return {
    fileName: ['codex', email],
    identity: { email, account_id: accountId },
    hashedBy: 'account_id',
    content: {
      id_token: idToken,
      access_token: access,
      refresh_token: textOf(response, 'refresh_token'),
      account_id: accountId,
      last_refresh: times.last_refresh,
      email,
      type: 'codex',
      ...(times.expired !== undefined && { expired: times.expired }),
    },
  };
}

const refresh: Refresh = {
  leadMs: 5 * 86_400_000,

  async *renew(content, call) {
    const response = await askToken(call, {
      client_id: clientId,
      grant_type: 'refresh_token',
      refresh_token: textOf(content, 'refresh_token'),
      scope: 'openid profile email',
    });
    const idToken = textOf(response, 'id_token');
    const { email, accountId } = identityIn(idToken);
    yield filled({
      id_token: idToken,
      access_token: accessTokenOf(response, new URL(tokenUrl).host),
      refresh_token: textOf(response, 'refresh_token'),
      account_id: accountId,
      email,
      type: 'codex',
      ...timesOf(response, call.clock.now()),
    });
  },
};

/** Who an identity token is about; `''` for what it does not say. */
function identityIn(idToken: string): { email: string; accountId: string } {
  const claims = claimsIn(idToken);
  const auth = objectOf(claims, 'https://api.openai.com/auth');
  return { email: textOf(claims, 'email'), accountId: textOf(auth, 'chatgpt_account_id') };
}

const effortNames: ReadonlyMap<string, EffortName> = new Map(
  Object.entries({
    'gpt-5': ['minimal', 'low', 'medium', 'high'],
    'gpt-5-codex': ['low', 'medium', 'high'],
  } as const).flatMap(([model, efforts]) =>
    efforts.map((effort) => [`${model}-${effort}`, { model, effort }] as const),
  ),
);

function accountAuth(content: Fields | undefined): Headers {
  const accountId = textOf(content, 'account_id');
  return {
    ...bearer(textOf(content, 'access_token')),
    ...(accountId !== '' && { 'chatgpt-account-id': accountId }),
  };
}

/** `rate_limit.primary_window {used_percent, limit_window_seconds, reset_after_seconds, reset_at}`, as Codex asks. */
const limitsQuestion: LimitsQuestion = {
  request: (content) => ({ url: 'https://chatgpt.com/backend-api/wham/usage', headers: accountAuth(content) }),
  asHeaders: (body) => {
    const windows = ['primary', 'secondary'].map((slot) => {
      const window = objectOf(objectOf(body, 'rate_limit'), `${slot}_window`) ?? {};
      return {
        [`x-codex-${slot}-used-percent`]: String(window.used_percent),
        [`x-codex-${slot}-window-minutes`]: String(Number(window.limit_window_seconds) / 60),
        [`x-codex-${slot}-reset-after-seconds`]: String(window.reset_after_seconds),
        [`x-codex-${slot}-reset-at`]: String(window.reset_at),
      };
    });
    return { ...Object.assign({}, ...windows), 'x-codex-plan-type': textOf(body, 'plan_type') };
  },
};

const catalogueRequest = (content: Fields | undefined, clientVersion: string) => ({
  url: withQuery('https://chatgpt.com/backend-api/codex/models', { client_version: clientVersion }),
  headers: accountAuth(content),
});

const account: AccountUpstream = {
  limitsQuestion,
  format: 'codex',
  baseUrl: () => 'https://chatgpt.com/backend-api/codex',
  path: () => '/responses',
  auth: ({ account: content }) => accountAuth(content),
  needs: { 'openai-beta': 'responses=experimental' },
  passes: ['openai-beta', 'session_id', 'conversation_id'],
  counts: false,
  services: {
    passes: ['compact'],
    // A ChatGPT token opens no images endpoint: the image tool of a Responses call makes them.
    translates: ['images'],
    path: belowVersion,
    families: { images: { names: ['gpt-image-*', 'chatgpt-image-*'] } },
  },
  effortNames,
  modelList: (content) => catalogueRequest(content, codexClient.version),
  catalogue: ({ account: content }, clientVersion) => catalogueRequest(content, clientVersion),
};

const key: KeyUpstream = {
  format: 'responses',
  path: () => '/responses',
  auth: (access) => bearer(access.key),
  passes: openAiHeaders,
  counts: false,
  services: {
    passes: ['embeddings', 'moderations', 'images', 'audio', 'compact', 'input-tokens', 'batches', 'kept-responses'],
    path: belowVersion,
    families: openAiFamilies,
  },
  effortNames,
  ...listsOpenAiModels,
};

export const codex: Provider = {
  row: providerRows.codex,
  signIns: [signIn, codexDeviceSignIn(clientId, exchange)],
  refresh,
  upstream: { account, key },
  models: {
    owner: 'openai',
    family: ['gpt-*', 'codex-*', 'chatgpt-*', ...Array.from({ length: 9 }, (_, at) => `o${at + 1}*`)],
    names: [
      'gpt-5',
      'gpt-5-minimal',
      'gpt-5-low',
      'gpt-5-medium',
      'gpt-5-high',
      'gpt-5-codex',
      'gpt-5-codex-low',
      'gpt-5-codex-medium',
      'gpt-5-codex-high',
      'codex-mini-latest',
    ],
  },
};
