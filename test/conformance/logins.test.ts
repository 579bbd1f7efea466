// Logins and refreshes: the kit plays the identity providers, the browser and the user.
import path from 'node:path';
import { holdLoginPorts } from '../support/login-ports.ts';
import { testKit } from './kit.ts';
import { scenarios } from './oauth/scenarios.mjs';
import { scenarios as scenarios2026 } from './oauth/scenarios-2026.mjs';

const codeFlows = ['anthropic', 'codex', 'gemini', 'iflow'];
const lists = ['scenarios.mjs', 'scenarios-2026.mjs'];

/** Each area and each provider at least once. */
const sample = [
  ...codeFlows.map((provider) => `login: ${provider} through its own callback port`),
  'start: codex authorize URL is exact',
  'callback: gemini port serves only the registered path, method and host',
  "files: iflow second login replaces the tokens and keeps the user's own fields",
  'refresh: anthropic refresh answer without a refresh token keeps the old one',
  'qwen: device login',
  'gemini: given project is used and not looked up',
  'failure: anthropic token endpoint answers 400 invalid_grant',
  'failure: codex presents an untrusted certificate',
  'refresh: codex file deleted during its refresh stays deleted',
  'concurrent: all five logins at the same time',
  'status: two clients asking about one failure both hear of it',
  'logs: debug: no code, state, verifier or token in any log',
];

const cases = [...scenarios, ...scenarios2026].map(({ name }) => name);

holdLoginPorts();
testKit({
  name: 'logins',
  runner: 'oauth/run-oauth.mjs',
  cases,
  sample,
  args: (chosen) => [
    ...['--jobs', '4', '--slow'],
    // A login that nobody finishes is given up after this, not after its five minutes.
    ...['--deadline', '20000', '--env', 'LOGIN_DEADLINE_MS=20000'],
    ...lists.flatMap((file) => ['--scenarios', path.join(import.meta.dirname, 'oauth', file)]),
    ...(chosen.length === cases.length ? [] : chosen.flatMap((name) => ['--only', name])),
  ],
  timeoutMs: 900_000,
});
