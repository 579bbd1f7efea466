import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { diagnosticsText } from '../../src-main/diagnostics/diagnostics.ts';
import { testedKey, testOneToken, testProvider, testProxy } from '../../src-main/diagnostics/provider-test.ts';
import { Dispatchers } from '../../src-main/net/dispatchers.ts';
import { providers } from '../../src-main/providers/index.ts';
import { configSchema, type KeyEntry } from '../../src-shared/config.ts';
import type { ProviderListName } from '../../src-shared/providers.ts';
import { startTestApp } from '../support/test-app.ts';

async function provider(status: number, body: string) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dispatchers = new Dispatchers();
  onTestFinished(async () => {
    await dispatchers.close();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, ways: { dispatchers, proxyUrl: () => '' } };
}

function testEntry(list: ProviderListName, entry: KeyEntry, ways: Parameters<typeof testProvider>[1]) {
  const found = providers.find(({ row }) => row.keys?.list === list);
  if (found === undefined) throw new Error(`no provider has the list ${list}`);
  return testProvider(testedKey(found, entry), ways);
}

describe('a provider', () => {
  test.each([
    ['openai-compatibility', '/v1', '{"data":[{"id":"a"},{"id":"b"}]}', '/v1/models', 'authorization', 'Bearer k'],
    ['codex-api-key', '/v1/', '{"data":[{"id":"a"},{"id":"b"}]}', '/v1/models', 'authorization', 'Bearer k'],
    ['claude-api-key', '', '{"data":[{"id":"a"},{"id":"b"}]}', '/v1/models?limit=1000', 'x-api-key', 'k'],
    [
      'gemini-api-key',
      '',
      '{"models":[{"name":"models/a"},{"name":"models/b"}]}',
      '/v1beta/models?pageSize=1000',
      'x-goog-api-key',
      'k',
    ],
  ] as const)('of %s is asked as its kind wants it', async (list, suffix, body, target, header, value) => {
    const { url, seen, ways } = await provider(200, body);
    const result = await testEntry(list, { 'api-key': 'k', 'base-url': url + suffix, headers: { 'x-own': '1' } }, ways);
    expect(result).toMatchObject({ ok: true, models: ['a', 'b'], message: '' });
    expect(seen[0]?.url).toBe(target);
    expect(seen[0]?.headers).toMatchObject({ [header]: value, 'x-own': '1' });
  });

  test.each([
    [401, 'refuses the key'],
    [404, 'Check the base URL'],
    [500, 'answered 500'],
  ])('that answers %i is explained, without the key', async (status, words) => {
    const { url, ways } = await provider(status, 'no');
    const result = await testEntry('openai-compatibility', { 'api-key': 'sk-secret', 'base-url': url }, ways);
    expect(result).toMatchObject({ ok: false, models: [] });
    expect(result.message).toContain(words);
    expect(result.message).not.toContain('sk-secret');
  });

  test.each(['', 'a'.repeat(300)])(
    'that sends a list without end is given up, and so are names like %j…',
    async (name) => {
      const { url, ways } = await provider(
        200,
        `{"data":[{"id":"${name}"},{"id":"b"}${' '.repeat(name === '' ? 5e6 : 9)}]}`,
      );
      const result = await testEntry('openai-compatibility', { 'api-key': 'k', 'base-url': url }, ways);
      expect(result.models).toEqual(name === '' ? [] : ['b']);
      expect(result.message).toMatch(name === '' ? /too long to be one/ : /^$/);
    },
  );

  test('that answers anything but a list works, with no models', async () => {
    const { url, ways } = await provider(200, '<html>');
    expect(await testEntry('openai-compatibility', { 'base-url': url }, ways)).toMatchObject({
      ok: true,
      models: [],
    });
  });

  test('or proxy that cannot be reached, or makes no sense, is explained', async () => {
    const { ways } = await provider(200, '');
    const at = (base: string) => testEntry('openai-compatibility', { 'base-url': base }, ways);
    expect((await at('http://127.0.0.1:9')).message).toBe('Nothing listens there.');
    expect((await at('nonsense')).message).toBe('The base URL is not a URL.');
    const proxy = await testProxy('ftp://user:secret@x', 'http://127.0.0.1:9', ways.dispatchers);
    expect(proxy.ok).toBe(false);
    expect(proxy.message).not.toContain('secret');
  });
});

test('diagnostics hold neither keys nor e-mails nor passwords', () => {
  const config = configSchema.parse({
    'proxy-url': 'http://user:pass1234@proxy:1',
    'remote-management': { 'secret-key': '$2a$10$hashhashhash' },
    'api-keys': ['sk-client-0001'],
    'claude-api-key': [{ 'api-key': 'sk-ant-0002', headers: { 'X-Secret': 'header-value' } }],
    'openai-compatibility': [{ name: 'relay', 'base-url': 'https://x', 'api-key-entries': [{ 'api-key': 'sk-0003' }] }],
  });
  const text = diagnosticsText({
    version: '1.0.0',
    address: 'http://127.0.0.1:8317',
    config,
    accounts: [],
    logLines: ['[x] [info] [a.ts] answered name@example.com with sk-abcdefghijklmnop'],
  });
  expect(text).not.toMatch(/pass1234|hashhash|sk-client|sk-ant|sk-0003|header-value|name@example|abcdefgh/);
  expect(text).toContain('"debug": false');
});

test('diagnostics of 200 long log lines take no time', () => {
  const input = { version: '1.0.0', address: '', config: configSchema.parse({}), accounts: [] };
  const logLines = Array.from(
    { length: 200 },
    (_, index) => `GET "/${'a'.repeat(60_000)}" ${index} me@example.com, b@c`,
  );
  const start = performance.now();
  const text = diagnosticsText({ ...input, logLines });
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(text).not.toContain('me@example');
  expect(text).toContain('199 (e-mail) b@c');
});

test('the doctor asks other computers only when it is told to', async () => {
  const { url, seen } = await provider(200, '{"data":[{"id":"a"}]}');
  const { call, close } = await startTestApp({
    config: `openai-compatibility: [{name: relay, base-url: "${url}/v1", api-key-entries: [{api-key: k}]}]\n`,
  });
  onTestFinished(close);
  const relay = async (body?: unknown) => {
    const { checks } = (await (await call('POST', '/doctor', body)).json()) as { checks: readonly { id: string }[] };
    return checks.find(({ id }) => id === 'provider');
  };
  expect(await relay({ scope: 'local' })).toMatchObject({ subject: 'relay', result: 'not-asked' });
  expect(seen).toEqual([]);
  expect(await relay()).toMatchObject({ subject: 'relay', result: 'ok', detail: 'Models listed: 1.' });
  expect(seen).toHaveLength(1);
});

describe('one token', () => {
  const listed = '{"data":[{"id":"text-embedding-9"},{"id":"large-9"},{"id":"mini-9"}]}';
  /** A service whose list is open to anybody. */
  async function service(answer: (model: string, key: string) => readonly [status: number, body: string]) {
    const asked: { readonly url: string; readonly body: Record<string, unknown> }[] = [];
    const server = createServer(async (request, response) => {
      if (request.method === 'GET') return response.end(listed);
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
      asked.push({ url: request.url ?? '', body });
      const [status, text] = answer(String(body.model), request.headers.authorization ?? '');
      return response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const dispatchers = new Dispatchers();
    onTestFinished(async () => {
      await dispatchers.close();
      server.close();
    });
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ask = (list: ProviderListName, path: string, key: string, models: readonly string[] = []) => {
      const found = providers.find(({ row }) => row.keys?.list === list);
      if (found === undefined) throw new Error(`no provider has the list ${list}`);
      const named = list === 'openai-compatibility';
      const entry = {
        'base-url': base + path,
        ...(named ? { name: 'a', 'api-key-entries': [{ 'api-key': key }] } : { 'api-key': key }),
        models: models.map((name) => ({ name })),
      };
      return testOneToken(testedKey(found, entry as never), { dispatchers, proxyUrl: () => '' });
    };
    return { asked, ask };
  }

  test('a wrong key is found out although the list is open to anybody', async () => {
    const { ask } = await service((_, key) => [401, `{"error":{"message":"No such key: ${key}"}}`]);
    const result = await ask('openai-compatibility', '/v1', 'sk-wrong-123456');
    expect(result).toMatchObject({ ok: false, model: 'mini-9' });
    expect(result.message).toContain('refuses the key (401)');
    expect(result.message).not.toContain('sk-wrong-123456');
  });

  test.each([
    ['openai-compatibility', '/v1', '/v1/chat/completions', { max_tokens: 1 }],
    ['claude-api-key', '', '/v1/messages', { max_tokens: 1 }],
    ['codex-api-key', '/v1', '/v1/responses', { max_output_tokens: 1 }],
    ['gemini-api-key', '', '/v1beta/models/own-1:generateContent', { generationConfig: { maxOutputTokens: 1 } }],
  ] as const)('%s asks a model of the entry for exactly one token', async (list, path, url, limit) => {
    const { ask, asked } = await service(() => [200, '{}']);
    expect(await ask(list, path, 'k-1', ['own-1'])).toMatchObject({ ok: true, model: 'own-1', message: '' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe(url);
    expect(asked[0]?.body).toMatchObject(limit);
  });

  test.each([
    [
      'openai-compatibility',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { max_completion_tokens: 16 },
    ],
    [
      'codex-api-key',
      "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 1 instead.",
      { max_output_tokens: 16 },
    ],
  ] as const)('%s asks again with the limit that a model takes', async (list, message, limit) => {
    let count = 0;
    const { ask, asked } = await service(() => {
      count += 1;
      return count === 1 ? [400, JSON.stringify({ error: { message } })] : [200, '{}'];
    });
    expect(await ask(list, '/v1', 'k-1', ['own-1'])).toMatchObject({ ok: true, model: 'own-1', message: '' });
    expect(asked).toHaveLength(2);
    expect(asked[1]?.body).toMatchObject(limit);
    expect(asked[1]?.body).not.toHaveProperty('max_tokens');
  });

  test('a rejection that is about something else is told at once', async () => {
    const { ask, asked } = await service(() => [400, '{"error":{"message":"No such model."}}']);
    const result = await ask('codex-api-key', '/v1', 'k-1', ['own-1']);
    expect(result).toMatchObject({ ok: false });
    expect(result.message).toContain('does not answer for own-1 (400). No such model.');
    expect(asked).toHaveLength(1);
  });
});
