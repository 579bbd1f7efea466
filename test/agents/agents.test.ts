// Setting tools up and putting them back, on real files, with the whole program.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Agent } from '../../src-shared/contract/agents.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let home: string;
let app: TestApp;

const start = (env: Readonly<Record<string, string>> = {}) =>
  startTestApp({
    parent: home,
    config:
      'api-keys: [sk-client-1]\nopenai-compatibility: [{name: up, base-url: "http://127.0.0.1:9/v1", api-key-entries: [{api-key: k}], models: [{name: m, alias: gw-opus}, {name: m, alias: gw-haiku}]}]\n',
    options: {
      environment: { HOME: home, XDG_CONFIG_HOME: path.join(home, '.config'), PATH: path.join(home, 'bin'), ...env },
    },
  });

beforeEach(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'tools-'));
  app = await start();
});
afterEach(async () => {
  await app.close();
  rmSync(home, { recursive: true, force: true });
});

function put(name: string, text: string | Buffer): string {
  const file = path.join(home, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
const read = (name: string) => readFileSync(path.join(home, name), 'utf8');
const json = (name: string) => JSON.parse(read(name));

async function call(action: string, body: Readonly<Record<string, unknown>>) {
  const response = await app.call('POST', `/agents/${action}`, body);
  return { status: response.status, body: await response.json() };
}
async function agent(id: string): Promise<Agent> {
  const { agents } = (await (await app.call('GET', '/agents')).json()) as { readonly agents: readonly Agent[] };
  return agents.find((one) => one.id === id) as Agent;
}

const claude = '.claude/settings.json';
const claudeText = '{\n  "env": { "ANTHROPIC_API_KEY": "sk-mine", "A": "1" },\n  "model": "their-model"\n}\n';

test('what would send another key or ask for another model goes, and comes back', async () => {
  put(claude, claudeText);
  expect((await call('apply', { id: 'claude-code' })).status).toBe(200);
  expect(json(claude).env).toMatchObject({
    ANTHROPIC_BASE_URL: app.address,
    ANTHROPIC_AUTH_TOKEN: 'sk-client-1',
    A: '1',
  });
  expect(json(claude).env).toMatchObject({
    ANTHROPIC_DEFAULT_OPUS_MODEL: 'gw-opus',
    ANTHROPIC_DEFAULT_HAIKU_MODEL: 'gw-haiku',
  });
  expect(json(claude).env.ANTHROPIC_API_KEY).toBeUndefined();
  expect(json(claude).model).toBeUndefined();
  expect((await call('restore', { id: 'claude-code' })).body).toEqual({ files: [path.join(home, claude)], kept: [] });
  expect(read(claude)).toBe(claudeText);
});

test('a model of the user that the gateway serves stays', async () => {
  put(claude, '{"model":"gw-haiku"}');
  await call('apply', { id: 'claude-code' });
  expect(json(claude).model).toBe('gw-haiku');
});

test('when one of two files cannot be used, the other is not written either', async () => {
  const env = put('.gemini/.env', 'A=1\n');
  put('.gemini/settings.json', '{ "ui": {}, }\n');
  const { status, body } = await call('apply', { id: 'gemini-cli' });
  expect(status).toBe(422);
  expect(body.message).toContain('settings.json: line 1, column 13: there is a comma behind the last value');
  expect(readFileSync(env, 'utf8')).toBe('A=1\n');
  expect(await agent('gemini-cli')).toMatchObject({ configured: false, state: 'invalid' });
});

test('a key of ours with another value since is told, and not overwritten unasked', async () => {
  put(claude, '{}\n');
  await call('apply', { id: 'claude-code', options: { models: { opus: 'gw-opus' } } });
  put(claude, read(claude).replace('gw-opus', 'mine'));
  expect(await agent('claude-code')).toMatchObject({
    configured: true,
    state: 'changed',
    message: 'env.ANTHROPIC_DEFAULT_OPUS_MODEL',
  });
  const again = await call('apply', { id: 'claude-code' });
  expect(again).toMatchObject({ status: 409, body: { error: 'agent_file_changed' } });
  expect(json(claude).env.ANTHROPIC_DEFAULT_OPUS_MODEL).toBe('mine');
  expect((await call('apply', { id: 'claude-code', overwrite: true })).status).toBe(200);
  expect(json(claude).env.ANTHROPIC_DEFAULT_OPUS_MODEL).toBe('gw-opus');
  await call('restore', { id: 'claude-code' });
  expect(json(claude)).toEqual({ env: { ANTHROPIC_DEFAULT_OPUS_MODEL: 'mine' } });
});

test('a file that changed after the preview is not written', async () => {
  put(claude, '{}\n');
  const { body } = await call('preview', { id: 'claude-code' });
  expect(body.changes[0].diff).toContain('+    "ANTHROPIC_AUTH_TOKEN": "sk-client-1"');
  put(claude, '{"theme":"dark"}\n');
  expect((await call('apply', { id: 'claude-code', revision: body.revision })).status).toBe(409);
  expect(read(claude)).toBe('{"theme":"dark"}\n');
});

test('a set-up that was noted and not written any more is put back without a trace', async () => {
  put(claude, claudeText);
  await call('apply', { id: 'claude-code' });
  // As after a kill between the two.
  put(claude, claudeText);
  expect((await call('restore', { id: 'claude-code' })).status).toBe(200);
  expect(read(claude)).toBe(claudeText);
});

test('another choice of models that was noted and not written any more is put back as well', async () => {
  put(claude, claudeText);
  await call('apply', { id: 'claude-code', options: { models: { opus: 'gw-haiku' } } });
  const first = read(claude);
  await call('apply', { id: 'claude-code', options: { models: { opus: 'gw-opus' } } });
  put(claude, first);
  expect((await call('restore', { id: 'claude-code' })).body.kept).toEqual([]);
  expect(read(claude)).toBe(claudeText);
});

test('files and directories that were made go again, and what somebody added to them stays', async () => {
  await call('apply', { id: 'pi' });
  expect(statSync(path.join(home, '.pi/agent/models.json')).mode & 0o777).toBe(0o600);
  put('.pi/agent/settings.json', JSON.stringify({ ...json('.pi/agent/settings.json'), theme: 'dark' }, null, 1));
  await call('restore', { id: 'pi' });
  expect(json('.pi/agent/settings.json')).toEqual({ theme: 'dark' });
  expect(existsSync(path.join(home, '.pi/agent/models.json'))).toBe(false);
  await call('apply', { id: 'cline' });
  await call('restore', { id: 'cline' });
  expect(existsSync(path.join(home, '.cline'))).toBe(false);
});

test('a file that the tool reads since, and we have not written, keeps nobody from putting ours back', async () => {
  put('.config/opencode/opencode.json', '{}\n');
  await call('apply', { id: 'opencode' });
  put('.config/opencode/opencode.jsonc', '{ broken');
  expect((await call('restore', { id: 'opencode' })).status).toBe(200);
  expect(read('.config/opencode/opencode.json')).toBe('{}\n');
});

test('lines are added with the line breaks that most lines have, behind the blanks of the line before', async () => {
  put('.config/opencode/opencode.json', '\n{\r\n  "theme": "a", \r\n}\r\n');
  await call('apply', { id: 'opencode' });
  const lines = read('.config/opencode/opencode.json').split('\n');
  expect(lines[2]).toBe('  "theme": "a", \r');
  expect(lines.slice(1, -1).every((line) => line.endsWith('\r'))).toBe(true);
});

test('a key that Pi keeps under our name makes us take another', async () => {
  put('.pi/agent/auth.json', '{"cli-proxy":{"type":"api_key","key":"stale"}}');
  await call('apply', { id: 'pi' });
  expect(Object.keys(json('.pi/agent/models.json').providers)).toEqual(['cli-proxy-2']);
  expect(json('.pi/agent/settings.json').defaultProvider).toBe('cli-proxy-2');
});

test('Cline gets the time without which it drops a provider, and keeps its own', async () => {
  await call('apply', { id: 'cline' });
  const file = '.cline/data/settings/providers.json';
  const updatedAt = () => json(file).providers['openai-compatible'].updatedAt;
  expect(new Date(updatedAt()).toISOString()).toBe(updatedAt());
  put(file, read(file).replace(updatedAt(), '2026-11-30T11:00:00.000Z'));
  expect(await agent('cline')).toMatchObject({ state: 'configured' });
  expect((await call('restore', { id: 'cline' })).body.kept).toEqual([]);
  put(file, '{"providers":{"openai-compatible":{"settings":{},"updatedAt":"2026-11-30T12:00:00.000Z"}}}');
  await call('apply', { id: 'cline' });
  expect(updatedAt()).toBe('2026-11-30T12:00:00.000Z');
});

test('a provider of our name on another machine is left alone', async () => {
  put(
    '.config/opencode/opencode.json',
    '{"provider":{"cli-proxy":{"options":{"baseURL":"https://far.example.com/v1"}}}}',
  );
  await call('apply', { id: 'opencode' });
  expect(Object.keys(json('.config/opencode/opencode.json').provider)).toEqual(['cli-proxy', 'cli-proxy-2']);
});

test.each([
  ['codex', '.codex/config.toml', 'profile = "work"\n', 'profile: Codex'],
  ['codex', '.codex/config.toml', Buffer.from([0x61, 0x3d, 0xff]), 'not in UTF-8'],
  ['droid', '.factory/settings.json', '\ufeff{}', 'byte order mark'],
  ['claude-code', claude, '{"env":[]}', 'env must be an object'],
  ['claude-code', claude, `${'['.repeat(200_000)}`, 'settings.json'],
  ['continue', '.continue/config.yaml', 'models: {a: b}\n', 'models must be a list'],
  ['opencode', '.config/opencode/opencode.json', '[]', 'must hold a JSON object'],
])('%s: %s is refused in words as it is', async (id, name, text, sentence) => {
  const file = put(name, text);
  const before = readFileSync(file);
  const { status, body } = await call('apply', { id });
  expect(status).toBe(422);
  expect(body.message).toContain(file);
  expect(body.message).toContain(sentence);
  expect(readFileSync(file)).toEqual(before);
});

test('a read-only file is refused', async () => {
  const file = put(claude, '{}');
  chmodSync(file, 0o444);
  expect((await call('apply', { id: 'claude-code' })).body.message).toContain('read-only');
});

test('what may win over a file is told before', async () => {
  await app.close();
  app = await start({ GEMINI_API_KEY: 'other' });
  put('.config/opencode/opencode.json', '{"enabled_providers":["anthropic"]}');
  put(claude, '{"apiKeyHelper":"/bin/key"}');
  const warnings = async (id: string) => (await call('preview', { id })).body.warnings;
  expect(await warnings('gemini-cli')).toContainEqual({ code: 'environment-wins', subject: 'GEMINI_API_KEY' });
  expect(await warnings('opencode')).toContainEqual({ code: 'provider-disabled', subject: 'enabled_providers' });
  expect(await warnings('claude-code')).toContainEqual({ code: 'sends-other-key', subject: 'apiKeyHelper' });
});

test('our provider can stay, so that conversations with it go on', async () => {
  put('.codex/config.toml', 'model = "mine"\n');
  await call('apply', { id: 'codex', options: { models: { main: 'gw-opus' } } });
  await call('restore', { id: 'codex', keepProvider: true });
  expect(read('.codex/config.toml')).toMatch(/^model = "mine"\n\n\[model_providers\.cli-proxy\]\n/);
});

test('a tool set up for another key or address is told apart', async () => {
  await call('apply', { id: 'crush' });
  expect((await agent('crush')).state).toBe('configured');
  await app.call('PUT', '/api-keys', ['sk-client-2']);
  expect((await agent('crush')).state).toBe('stale');
});

test('nothing is written when the program starts and ends', async () => {
  put(claude, '{}\n');
  await call('apply', { id: 'claude-code' });
  const text = read(claude);
  await app.close();
  app = await start();
  expect(read(claude)).toBe(text);
});

test('verifying runs the tool, and says whether its request came here', async () => {
  put(claude, '{}\n');
  expect((await call('verify', { id: 'claude-code' })).body.outcome).toBe('not-set-up');
  await call('apply', { id: 'claude-code' });
  expect((await call('verify', { id: 'claude-code' })).body.outcome).toBe('no-program');
  // A stand-in for the tool that does as its settings say.
  const tool = put(
    'bin/claude',
    `#!${process.execPath}
const { env } = JSON.parse(require('node:fs').readFileSync(${JSON.stringify(path.join(home, claude))}, 'utf8'));
fetch(env.ANTHROPIC_BASE_URL + '/v1/messages', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + env.ANTHROPIC_AUTH_TOKEN, 'content-type': 'application/json' },
  body: JSON.stringify({ model: env.ANTHROPIC_DEFAULT_OPUS_MODEL, max_tokens: 1, messages: [{ role: 'user', content: 'hi' }] }),
}).then((response) => console.log(response.status, env.ANTHROPIC_AUTH_TOKEN));
`,
  );
  chmodSync(tool, 0o755);
  const { body } = await call('verify', { id: 'claude-code' });
  expect(body).toMatchObject({ outcome: 'failed', model: 'gw-opus' });
  expect(body.output).toMatch(/^\d+ \*\*\*/);
  writeFileSync(tool, '#!/bin/sh\necho "401 somewhere else"\n');
  expect((await call('verify', { id: 'claude-code' })).body).toMatchObject({
    outcome: 'elsewhere',
    output: '401 somewhere else\n',
  });
});

test('tools that read no file say what to set instead', async () => {
  expect((await call('preview', { id: 'copilot' })).body.variables).toMatchObject({
    COPILOT_PROVIDER_BASE_URL: `${app.address}/v1`,
    COPILOT_PROVIDER_API_KEY: 'sk-client-1',
  });
  expect((await call('apply', { id: 'cursor' })).body.error).toBe('agent_not_supported');
});
