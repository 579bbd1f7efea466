// What changes of a list leave in the config file.
import { afterEach, describe, expect, test } from 'vitest';
import { cpuMs } from './support/cpu-time.ts';
import { startTestApp, type TestApp } from './support/test-app.ts';

let app: TestApp;
afterEach(() => app.close());

test.each([
  ['/api-keys?value=none', ''],
  ['/api-keys?value=none', 'auth: {providers: [{type: config-api-key, api-keys: [k]}]}\n'],
  ['/claude-api-key?api-key=none', 'claude-api-key: [{api-key: c}]\n'],
  ['/codex-api-key?api-key=x&base-url=', 'codex-api-key: [{api-key: x, base-url: u}, {api-key: unfinished}]\n'],
  ['/openai-compatibility?name=none', 'openai-compatibility: [{name: p, base-url: u, api-keys: [a]}]\n'],
  ['/generative-language-api-key?value=none', 'generative-language-api-key: [g]\n'],
])('DELETE %s that finds nothing leaves the file as it is', async (path, config) => {
  app = await startTestApp({ config });
  const before = app.readConfig();
  expect((await app.call('DELETE', path)).status).toBe(200);
  expect(app.readConfig()).toBe(before);
});

test('a list of 10,000 keys is written in linear time, a longer one rejected with a sentence', async () => {
  app = await startTestApp({ config: 'api-keys: [sk-first]\n' });
  const keys = (count: number) => Array.from({ length: count }, (_, at) => `sk-${at}`);
  const put = (list: readonly string[]) => app.call('PUT', '/api-keys', list);
  expect((await put(keys(10_000))).status).toBe(200);
  const before = app.readConfig();
  for (const count of [10_001, 40_000, 1_000_000]) {
    const answer = await put(keys(count));
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'a list may have at most 10,000 items' }]);
  }
  expect(app.readConfig()).toBe(before);
  const all = await cpuMs(async () => void (await put(keys(10_000).map((key) => `${key}-new`))));
  expect(all).toBeLessThan(1_000);
});

test('a list of thousands of other entries is written in linear time', async () => {
  app = await startTestApp();
  const put = (letter: string, base: string) => {
    const entries = Array.from({ length: 4_000 }, (_, at) => ({ 'api-key': `${letter}${at}`, 'base-url': base }));
    return app.call('PUT', '/codex-api-key', entries);
  };
  await put('a', 'https://one.example');
  const all = await cpuMs(async () => expect((await put('b', 'https://two.example')).status).toBe(200));
  expect(all).toBeLessThan(1_000);
});

test.each([
  ['PUT', '/debug', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['PUT', '/codex-api-key', `[{"api-key":"k","base-url":"https://a","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`],
  ['PATCH', '/claude-api-key', `{"index":0,"value":${'['.repeat(200)}${']'.repeat(200)}}`],
  ['POST', '/usage/import', '['.repeat(1_000_000)],
])('%s %s with deeply nested JSON is a 400 in words', async (method, path, body) => {
  app = await startTestApp();
  const answer = await app.send(method, path, body, { 'content-type': 'application/json' });
  expect([answer.status, await answer.json()]).toEqual([400, { error: 'invalid body' }]);
});

test('an account file of deeply nested JSON is rejected with a sentence', async () => {
  app = await startTestApp();
  const body = `{"type":"codex","x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  const answer = await app.send('POST', '/auth-files?name=a.json', body, {});
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { error: 'invalid auth file: more than 100 levels of lists and objects' },
  ]);
});

describe('the per-provider lists', () => {
  const alias = { name: 'gpt-5', alias: 'g5', fork: true, 'force-mapping': true };
  const read = async () => (await (await app.call('GET', '/oauth-model-alias')).json()) as unknown;
  const patch = async (body: unknown) => (await app.call('PATCH', '/oauth-model-alias', body)).status;

  test('name the provider by channel first, else by provider, in any case', async () => {
    app = await startTestApp({ config: 'oauth-model-alias: {Claude: [{name: a, alias: b}]}\n' });
    expect(await patch({ channel: 'Codex', provider: 'qwen', aliases: [alias] })).toBe(200);
    expect(await patch({ channel: '', provider: 'claude', aliases: [alias] })).toBe(200);
    expect(await read()).toEqual({ 'oauth-model-alias': { codex: [alias], Claude: [alias] } });
    const remove = async (query: string) => (await app.call('DELETE', `/oauth-model-alias?${query}`)).status;
    expect(await remove('channel=qwen')).toBe(404);
    expect(await remove('channel=codex&provider=claude')).toBe(200);
    expect(await remove('provider=claude')).toBe(200);
    expect(await remove('channel=')).toBe(400);
    expect(await read()).toEqual({ 'oauth-model-alias': {} });
  });

  test.each([
    ['PATCH', '/oauth-model-alias', { aliases: [alias] }, 400, 'invalid channel'],
    ['PATCH', '/oauth-model-alias', { channel: ' ', provider: '', aliases: [alias] }, 400, 'invalid channel'],
    ['PATCH', '/oauth-model-alias', { channel: 'qwen', aliases: [] }, 404, 'channel not found'],
    [
      'PATCH',
      '/oauth-model-alias',
      { channel: 'qwen', aliases: [{ name: 'a', alias: 'A' }] },
      404,
      'channel not found',
    ],
    ['DELETE', '/oauth-model-alias', undefined, 400, 'missing channel'],
    ['DELETE', '/oauth-model-alias?provider=qwen', undefined, 404, 'channel not found'],
    ['PATCH', '/oauth-excluded-models', { models: ['a'] }, 400, 'invalid provider'],
    ['PATCH', '/oauth-excluded-models', { provider: 'qwen', models: [' '] }, 404, 'provider not found'],
    ['DELETE', '/oauth-excluded-models', undefined, 400, 'missing provider'],
    ['DELETE', '/oauth-excluded-models?provider=qwen', undefined, 404, 'provider not found'],
  ])('%s %s %j is refused in the words of CLIProxyAPI', async (method, path, body, status, error) => {
    app = await startTestApp({ config: 'oauth-model-alias: {codex: [{name: a, alias: b}]}\n' });
    const before = app.readConfig();
    const answer = await app.call(method, path, body);
    expect([answer.status, await answer.json()]).toEqual([status, { error }]);
    expect(app.readConfig()).toBe(before);
  });

  test('may be replaced by a map in items, as some panels send it', async () => {
    app = await startTestApp({ config: 'oauth-model-alias: {codex: [{name: a, alias: b}]}\n' });
    expect((await app.call('PUT', '/oauth-model-alias', { items: { claude: [alias] } })).status).toBe(200);
    expect(await read()).toEqual({ 'oauth-model-alias': { claude: [alias] } });
    expect((await app.call('PUT', '/oauth-model-alias', { items: [alias] })).status).toBe(200);
    expect(await read()).toEqual({ 'oauth-model-alias': { items: [alias] } });
  });

  test('lose a provider without any item that means something', async () => {
    app = await startTestApp({ config: 'oauth-model-alias: {codex: [{name: a, alias: b}]}\n' });
    expect(await patch({ channel: 'codex', aliases: [{ name: 'a', alias: '' }] })).toBe(200);
    expect(await read()).toEqual({ 'oauth-model-alias': {} });
  });

  test('lose a provider whose list becomes empty', async () => {
    app = await startTestApp({ config: 'oauth-model-alias: {codex: [{name: a, alias: b}], qwen: [{name: c}]}\n' });
    expect(await patch({ channel: 'codex', aliases: [] })).toBe(200);
    expect(await read()).toEqual({ 'oauth-model-alias': { qwen: [{ name: 'c' }] } });
    expect(app.readConfig()).not.toContain('codex');
  });
});
