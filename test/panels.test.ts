// What management panels of other projects call and read, as they do it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { fails, inOrder, responses, startUpstream } from './gateway/support/gateway-world.ts';
import { startTestApp, type TestApp, type TestAppSetup } from './support/test-app.ts';

let app: TestApp;
afterEach(() => app.close());

const start = async (setup: TestAppSetup = {}) => {
  app = await startTestApp(setup);
};
const get = async (target: string) => (await (await app.call('GET', target)).json()) as never;
const account = (name: string) => JSON.parse(readFileSync(path.join(app.authDir, name), 'utf8')) as unknown;
const ask = (model: string) =>
  fetch(`${app.address}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  });

describe('PATCH /auth-files/fields', () => {
  const file = { type: 'claude', email: 'a@example.com', access_token: 'at', mine: [1], note: 'old' };
  const fields = async (body: unknown) => {
    const answer = await app.call('PATCH', '/auth-files/fields', body);
    return [answer.status, ((await answer.json()) as { error?: string; status?: string }).error];
  };
  const two = { accounts: { 'a.json': JSON.stringify(file), 'b.json': '{"type":"codex","priority":1}' } };
  const all = {
    ...{ note: 'seat', prefix: 'team', proxy_url: 'http://127.0.0.1:9', priority: 7, weight: 2 },
    ...{ headers: { 'X-Org': 'o' }, excluded_models: ['x-*'], disabled: true, request_retry: 1, disable_cooling: true },
  };

  test('stores every field, keeps the rest of the file, and lists what it stored', async () => {
    await start(two);
    expect(await fields({ name: 'a.json', ...all })).toEqual([200, undefined]);
    expect(account('a.json')).toEqual({ ...file, ...all });
    const { files } = (await get('/auth-files')) as { files: readonly object[] };
    expect(files[0]).toMatchObject(all);
  });

  test('removes what is null or empty', async () => {
    await start(two);
    await fields({ name: 'a.json', ...all });
    const none = Object.fromEntries(Object.keys(all).map((name) => [name, null]));
    expect(await fields({ name: 'a.json', ...none, note: ' ' })).toEqual([200, undefined]);
    const { note: _, ...rest } = file;
    expect(account('a.json')).toEqual(rest);
  });

  test('changes several files, and says which it could not', async () => {
    await start(two);
    expect(await fields({ names: ['a.json', 'b.json'], priority: 0 })).toEqual([200, undefined]);
    expect([account('a.json'), account('b.json')]).toMatchObject([{ priority: 0 }, { priority: 0 }]);
    const partly = await app.call('PATCH', '/auth-files/fields', { names: ['a.json', 'z.json'], priority: 4 });
    expect([partly.status, await partly.json()]).toEqual([
      207,
      { status: 'partial', files: ['a.json'], failed: [{ name: 'z.json', error: 'auth file not found' }] },
    ]);
  });

  test('writes a proxy back as it is shown, and keeps its password', async () => {
    const proxy = 'http://me:secret@127.0.0.1:9';
    await start({ accounts: { 'a.json': JSON.stringify({ ...file, proxy_url: proxy }) } });
    expect(await fields({ name: 'a.json', proxy_url: 'http://***@127.0.0.1:9', priority: 3 })).toEqual([
      200,
      undefined,
    ]);
    expect(account('a.json')).toMatchObject({ proxy_url: proxy, priority: 3 });
  });

  test('merges headers, reads hyphens, and says 0 for a weight below it', async () => {
    const old = { ...file, headers: { 'X-A': '1', 'X-B': '2' }, 'excluded-models': ['x'] };
    await start({ accounts: { 'a.json': JSON.stringify(old) } });
    const given = { headers: { 'x-a': ' ', 'X-C': '3' }, 'excluded-models': ['y'], weight: -4, prefix: ' /team/ ' };
    expect(await fields({ name: 'a.json', ...given, request_retry: -1 })).toEqual([200, undefined]);
    const { 'excluded-models': _, ...rest } = old;
    expect(account('a.json')).toEqual({
      ...rest,
      headers: { 'X-B': '2', 'X-C': '3' },
      excluded_models: ['y'],
      weight: 0,
      prefix: 'team',
    });
    await fields({ name: 'a.json', headers: { 'X-B': '', 'X-C': '' } });
    expect(account('a.json')).not.toHaveProperty('headers');
  });

  test.each([
    [{ name: 'a.json', note: 'x', colour: 'red' }, 400, 'colour: there is no such field'],
    [{ name: 'a.json', priority: 'high' }, 400, 'priority: must be a whole number'],
    [{ name: 'a.json', weight: 1_000_001 }, 400, 'weight: must be at most 1000000'],
    [{ name: 'a.json', headers: { 'X-A': 'b\nc' } }, 400, 'headers.X-A: contains a line break'],
    [{ name: 'a.json', excluded_models: 'x' }, 400, 'excluded_models: must be a list'],
    [
      { name: 'a.json', proxy_url: 'ftp://x' },
      400,
      'invalid field proxy_url: A proxy address cannot start with "ftp:"',
    ],
    [{ name: 'a.json' }, 400, 'no fields to update'],
    [{ note: 'n' }, 400, 'name is required'],
    [{ name: 'z.json', note: 'n' }, 404, 'auth file not found'],
    [{ name: 'a.json', access_token: 'x' }, 400, 'invalid field access_token'],
    [{ name: 'a.json', prefix: 'a/b' }, 400, 'invalid field prefix'],
    [{ name: 'a.json', 'proxy-url': '', proxy_url: '' }, 400, 'invalid field proxy_url'],
  ])('%j is refused by name, and nothing is written', async (body, status, sentence) => {
    await start(two);
    expect(await fields(body)).toEqual([status, expect.stringContaining(sentence)]);
    expect(account('a.json')).toEqual(file);
  });
});

test('the list of accounts has an index for each, and twenty windows of ten minutes', async () => {
  await start({
    accounts: { 'a.json': '{"type":"claude","proxy_url":"http://me:secret@127.0.0.1:9"}', 'b.json': '{}' },
  });
  const { files } = (await get('/auth-files')) as {
    files: readonly { auth_index: string; proxy_url?: string; recent_requests: readonly object[] }[];
  };
  expect(new Set(files.map(({ auth_index }) => auth_index)).size).toBe(2);
  for (const { auth_index, recent_requests } of files) {
    expect(auth_index).toMatch(/^[0-9a-f]{16}$/);
    expect(recent_requests).toHaveLength(20);
    expect(recent_requests[0]).toEqual({ time: expect.stringMatching(/^\d\d:\d0-\d\d:\d0$/), success: 0, failed: 0 });
  }
  expect(files[0]?.proxy_url).toBe('http://***@127.0.0.1:9');
});

test('the index of a file is made of its type and place', async () => {
  await start({ accounts: { 'a.json': '{"type":"Claude"}', 'b.json': '{}' } });
  const { files } = (await get('/auth-files')) as { files: readonly { auth_index: string }[] };
  const indexOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
  const expected = [`claude:${path.resolve(app.authDir, 'a.json')}`, 'id:b.json'].map(indexOf);
  expect(files.map(({ auth_index }) => auth_index)).toEqual(expected);
  const { files: found } = (await get(`/auth-files?auth_index=${expected[0]}`)) as { files: readonly object[] };
  expect(found).toHaveLength(1);
});

test('files of other kinds are unsupported, with a sentence, and an upload says so', async () => {
  await start({
    accounts: {
      'a.json': '{"type":"claude","email":"a@example.com"}',
      'b.json': '{"type":"antigravity"}',
      'c.json': '{"tokens":{"access_token":"x"}}',
      'd.json': '{"type":"service_account"}',
      'e.json': '{}',
    },
  });
  const { files } = (await get('/auth-files')) as { files: readonly { status: string; status_message: string }[] };
  expect(files.map(({ status }) => status)).toEqual(['ready', ...Array(4).fill('unsupported')]);
  expect(files.map(({ status_message: message }) => message)).toEqual([
    '',
    expect.stringContaining('antigravity'),
    expect.stringContaining('Sign in with Codex'),
    expect.stringContaining('Vertex'),
    expect.stringContaining('Sign in here'),
  ]);
  const { files: one } = (await get('/auth-files?name=b.json')) as { files: readonly { name: string }[] };
  expect(one.map(({ name }) => name)).toEqual(['b.json']);
  const answer = await app.call('POST', '/auth-files?name=f.json', { type: 'kimi' });
  expect(await answer.json()).toEqual({
    status: 'ok',
    unsupported: [{ name: 'f.json', type: 'kimi', message: expect.stringContaining('kimi') }],
  });
});

test('DELETE with several names in the query deletes them all', async () => {
  await start({ accounts: { 'a.json': '{}', 'b.json': '{}', 'c.json': '{}' } });
  const answer = await app.call('DELETE', '/auth-files?name=a.json&name=c.json');
  expect(await answer.json()).toMatchObject({ status: 'ok', deleted: 2 });
  expect(await get('/auth-files')).toMatchObject({ files: [{ name: 'b.json' }] });
});

test('GET /config shows entries as the lists do', async () => {
  await start({
    config:
      'claude-api-key: [{api-key: c}]\ncodex-api-key: [{api-key: x, base-url: u}]\ngemini-api-key: [{api-key: g}]\n',
  });
  const config = (await get('/config')) as Record<string, unknown>;
  for (const list of ['claude-api-key', 'codex-api-key', 'gemini-api-key']) {
    expect(config[list]).toEqual(((await get(`/${list}`)) as Record<string, unknown>)[list]);
  }
  expect(config['claude-api-key']).toEqual([{ 'api-key': 'c', 'base-url': '', 'proxy-url': '' }]);
});

test('the traffic of a key counts every outcome, under the address that the config has', async () => {
  const upstream = await startUpstream(inOrder(fails(400), responses, fails(422)));
  await start({
    config: `openai-compatibility: [{name: up, base-url: " ${upstream.url}/v1/ ", api-key-entries: [{api-key: k}], models: [{name: m}]}]\nclaude-api-key: [{api-key: c}]\n`,
  });
  for (const status of [400, 200, 422]) expect((await ask('m')).status).toBe(status);
  expect(await get('/api-key-usage')).toMatchObject({
    up: { [`${upstream.url}/v1/|k`]: { success: 1, failed: 2 } },
    claude: { '|c': { success: 0, failed: 0 } },
  });
  expect(await get('/cooldowns')).toEqual({ cooldowns: [] });
});

test('the log line of a request names its log, where it has one', async () => {
  const upstream = await startUpstream(inOrder(responses, fails(400), responses));
  await start({
    config: `logging-to-file: true\nopenai-compatibility: [{name: up, base-url: ${upstream.url}/v1, models: [{name: m}]}]\n`,
  });
  const lines = async () =>
    ((await get('/logs')) as { lines: readonly string[] }).lines.filter((line) => line.includes('/v1/chat'));
  const last = async (count: number) => {
    await expect.poll(async () => (await lines()).length).toBe(count);
    return (await lines()).at(-1) as string;
  };
  await ask('m');
  expect(await last(1)).not.toContain('request_id');
  await ask('m');
  const failed = /\| request_id=([0-9a-f]{8})\b/.exec(await last(2))?.[1];
  await expect.poll(async () => (await app.call('GET', `/request-log-by-id/${failed}`)).status).toBe(200);
  await app.call('PUT', '/request-log', { value: true });
  await ask('m');
  const id = /\| request_id=([0-9a-f]{8})\b/.exec(await last(3))?.[1];
  await expect.poll(async () => (await app.call('GET', `/request-log-by-id/${id}`)).status).toBe(200);
});
