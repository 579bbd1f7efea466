// A part of the login kit against the built server: each area and each provider at least once.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const codeFlows = ['anthropic', 'codex', 'gemini', 'iflow'];
const background = ['anthropic', 'codex', 'qwen', 'iflow'];

const names = [
  ...codeFlows.flatMap((provider) => [
    `start: ${provider} authorize URL is exact`,
    `login: ${provider} through its own callback port`,
    `callback: ${provider} port serves only the registered path, method and host`,
    `files: ${provider} second login replaces the tokens and keeps the user's own fields`,
  ]),
  ...background.map((provider) => `refresh: ${provider} refresh answer without a refresh token keeps the old one`),
  'qwen: device login',
  'qwen: denial by the user ends the login',
  'gemini: given project is used and not looked up',
  'failure: anthropic token endpoint answers 400 invalid_grant',
  'failure: codex token endpoint answers 500',
  'failure: gemini token endpoint answers a broken connection',
  'failure: iflow token endpoint answers 429',
  'failure: codex presents an untrusted certificate',
  'refresh: codex file deleted during its refresh stays deleted',
  'concurrent: all five logins at the same time',
  'status: two clients asking about one failure both hear of it',
  'logs: debug: no code, state, verifier or token in any log',
];

test('the login kit: each area and each provider', { timeout: 180_000 }, async () => {
  const kit = path.join(import.meta.dirname, 'run-oauth.mjs');
  const server = `${process.execPath} ${path.join(root, 'out/headless.js')} --config {config}`;
  const only = names.flatMap((name) => ['--only', name]);
  const child = spawn(process.execPath, [kit, '--server', server, '--jobs', '2', ...only], { cwd: root });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  await new Promise((resolve) => child.on('close', resolve));
  expect(output).toContain(`${names.length} passed, 0 failed`);
});
