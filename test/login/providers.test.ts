import { expect, test } from 'vitest';
import { loginNamed, loginProviders, providerOfType } from '../../src-main/login/providers.ts';
import { challengeOf, createPkce } from '../../src-main/login/secrets.ts';

const challenge = '<challenge>';

function begun(name: 'anthropic' | 'codex' | 'gemini-cli' | 'iflow', state: string) {
  const provider = loginProviders[name];
  if (provider.flow !== 'code') throw new Error('not a code flow');
  const { url, verifier } = provider.begin(state);
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
  const states = Object.values(loginProviders).flatMap((provider) => [provider.newState(), provider.newState()]);
  expect(new Set(states).size).toBe(states.length);
  for (const state of states) expect(state).toMatch(/^(?:gem-|ifl-)?[0-9a-f]{32}$/);
  expect(createPkce(96).verifier).toMatch(/^[\w-]{128}$/);
  expect(createPkce(32).verifier).toMatch(/^[\w-]{43}$/);
});

test('challenges follow RFC 7636, appendix B', () => {
  expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('providers are found by the names that files and clients use', () => {
  expect(
    ['claude', 'CODEX', 'gemini', 'gemini-cli', 'qwen', 'iflow'].map((type) => providerOfType(type)?.name),
  ).toEqual(['anthropic', 'codex', 'gemini-cli', 'gemini-cli', 'qwen', 'iflow']);
  expect(['claude', 'OpenAI', 'google', 'i-flow', ' anthropic '].map(loginNamed)).toEqual([
    'anthropic',
    'codex',
    'gemini-cli',
    'iflow',
    'anthropic',
  ]);
  expect(['constructor', '', 'other'].map(loginNamed)).toEqual([undefined, undefined, undefined]);
});
