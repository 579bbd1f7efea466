import { expect, test } from 'vitest';
import { providerOfFile, providers } from '../../src-main/providers/index.ts';
import { challengeOf, createPkce } from '../../src-main/providers/oauth/pkce.ts';
import { type LoginName, providerOfLogin, signInProviders } from '../../src-shared/providers.ts';

const challenge = '<challenge>';

function begun(login: LoginName, state: string) {
  const provider = providers.find(({ row }) => row.signIn?.login === login);
  const [signIn] = provider?.signIns ?? [];
  if (signIn?.flow !== 'browser') throw new Error('not a login in the browser');
  const redirectUri = `http://localhost:${provider?.row.signIn?.callbackPort}${signIn.callback.path}`;
  const { url, verifier } = signIn.begin(state, redirectUri);
  return verifier === '' ? url : url.replace(challengeOf(verifier), challenge);
}

test('sign-in addresses have the original bytes', () => {
  const state = '0123456789abcdef0123456789abcdef';
  expect(begun('anthropic', state)).toBe(
    `https://claude.ai/oauth/authorize?client_id=9d1c250a-e61b-44d9-88ed-5944d1962f5e&code=true&code_challenge=${challenge}&code_challenge_method=S256&redirect_uri=http%3A%2F%2Flocalhost%3A54545%2Fcallback&response_type=code&scope=org%3Acreate_api_key+user%3Aprofile+user%3Ainference&state=${state}`,
  );
  expect(begun('codex', state)).toBe(
    `https://auth.openai.com/oauth/authorize?client_id=app_EMoamEEZ73f0CkXaXp7hrann&code_challenge=${challenge}&code_challenge_method=S256&codex_cli_simplified_flow=true&id_token_add_organizations=true&prompt=login&redirect_uri=http%3A%2F%2Flocalhost%3A1455%2Fauth%2Fcallback&response_type=code&scope=openid+email+profile+offline_access&state=${state}`,
  );
  expect(begun('gemini-cli', 'gem-1762135194123456789')).toBe(
    'https://accounts.google.com/o/oauth2/auth?access_type=offline&client_id=681255809395-oo8ft2oprdrnp9e3aqf6av3hmdib135j.apps.googleusercontent.com&prompt=consent&redirect_uri=http%3A%2F%2Flocalhost%3A8085%2Foauth2callback&response_type=code&scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform+https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fuserinfo.email+https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fuserinfo.profile&state=gem-1762135194123456789',
  );
  expect(begun('iflow', 'ifl-1762135194123456789')).toBe(
    'https://iflow.cn/oauth?client_id=10009311001&loginMethod=phone&redirect=http%3A%2F%2Flocalhost%3A11451%2Foauth2callback&state=ifl-1762135194123456789&type=phone',
  );
});

test('states and verifiers are never the same and have the right form', () => {
  const states = providers
    .flatMap(({ signIns = [] }) => signIns)
    .flatMap((signIn) => (signIn.flow === 'file' ? [] : [signIn.newState(), signIn.newState()]));
  expect(states.length).toBeGreaterThan(0);
  expect(new Set(states).size).toBe(states.length);
  for (const state of states) expect(state).toMatch(/^(?:[a-z]+-)?[0-9a-f]{32}$/);
  expect(createPkce(96).verifier).toMatch(/^[\w-]{128}$/);
  expect(createPkce(32).verifier).toMatch(/^[\w-]{43}$/);
});

test('challenges follow RFC 7636, appendix B', () => {
  expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('every row of a login has its sign-ins, in the order of its flows', () => {
  for (const { row, signIns = [] } of providers) {
    expect(signIns.map(({ flow }) => flow)).toEqual(row.signIn?.flows ?? []);
  }
});

test('every row with keys has a way to ask with them, and every row with a login one for accounts', () => {
  for (const { row, upstream } of providers) {
    expect([row.id, upstream.key !== undefined]).toEqual([row.id, row.keys !== undefined]);
    expect([row.id, upstream.account !== undefined]).toEqual([row.id, row.signIn !== undefined]);
  }
});

test('providers are found by the names that files and clients use', () => {
  const types = ['claude', 'CODEX', 'gemini', 'gemini-cli', 'qwen', 'iflow', 'vertex', ''];
  expect(types.map((type) => providerOfFile(providers, type)?.row.id)).toEqual([
    'claude',
    'codex',
    'gemini-cli',
    'gemini-cli',
    'qwen',
    'iflow',
    'vertex',
    undefined,
  ]);
  const login = (name: string) => providerOfLogin(signInProviders, name)?.signIn.login;
  expect(['claude', 'OpenAI', 'google', 'i-flow', ' anthropic '].map(login)).toEqual([
    'anthropic',
    'codex',
    'gemini-cli',
    'iflow',
    'anthropic',
  ]);
  expect(['constructor', '', 'other'].map(login)).toEqual([undefined, undefined, undefined]);
});

test('keys may be asked over a WebSocket where the service speaks the Responses API', () => {
  for (const { row, upstream } of providers.filter((one) => one.upstream.key))
    expect([row.id, row.keys?.webSockets === true]).toEqual([row.id, upstream.key?.format === 'responses']);
});
