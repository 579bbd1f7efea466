// The forms of a JSON body that CLIProxyAPI's typed reader takes, and those it refuses.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './support/test-app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({
    config: [
      'api-keys: [k1, k2]',
      'claude-api-key: [{api-key: "", base-url: b}, {api-key: c1}]',
      'openai-compatibility: [{name: p1, base-url: u1}]',
      '',
    ].join('\n'),
    accounts: { 'a.json': '{}' },
  });
});
afterEach(() => app.close());

const put = (path: string, text: string) => app.send('PUT', path, text, {});
const patch = (path: string, text: string) => app.send('PATCH', path, text, {});
const read = async (path: string) => Object.values((await (await app.call('GET', path)).json()) as object)[0];

describe('names of fields', () => {
  test('match in any case at any depth', async () => {
    const entry =
      '{"NAME":"p","Base-Url":"u","API-key-entries":[{"Api-Key":"k","PROXY-URL":"x"}],"models":[{"Name":"m"}]}';
    expect((await put('/openai-compatibility', `[${entry}]`)).status).toBe(200);
    expect(await read('/openai-compatibility')).toEqual([
      {
        name: 'p',
        'base-url': 'u',
        'api-key-entries': [{ 'api-key': 'k', 'proxy-url': 'x' }],
        models: [{ name: 'm' }],
      },
    ]);
  });

  test('that are unknown stay as they are', async () => {
    await put('/claude-api-key', '[{"api-key":"c","Cloak":{"Mode":null}}]');
    expect(await read('/claude-api-key')).toEqual([expect.objectContaining({ Cloak: { Mode: null } })]);
  });
});

describe('null', () => {
  test('is the empty value in a list or map, and an absent field', async () => {
    const entry =
      '{"name":"p","base-url":"u","api-key-entries":[null,{"api-key":null}],"models":null,"headers":{"x":null}}';
    expect((await put('/openai-compatibility', `[${entry}]`)).status).toBe(200);
    expect(await read('/openai-compatibility')).toEqual([
      { name: 'p', 'base-url': 'u', 'api-key-entries': [{ 'api-key': '' }, { 'api-key': '' }], headers: { x: '' } },
    ]);
    expect((await put('/claude-api-key', '[{"api-key":"c","models":[null,{"name":"m"}]}]')).status).toBe(200);
    expect(await read('/claude-api-key')).toEqual([expect.objectContaining({ models: [{ name: 'm', alias: '' }] })]);
  });

  test('is the empty list of a provider', async () => {
    expect((await put('/oauth-excluded-models', '{"claude":null,"codex":["a"]}')).status).toBe(200);
    expect(await read('/oauth-excluded-models')).toEqual({ claude: [], codex: ['a'] });
  });
});

describe('whole numbers', () => {
  test.each(['1.0', '1e0', '10e-1', '1.5', '"1"'])('an index is not written as %s', async (index) => {
    expect((await patch('/api-keys', `{"index":${index},"value":"x"}`)).status).toBe(400);
    expect((await patch('/claude-api-key', `{"index":${index},"value":{"api-key":"x"}}`)).status).toBe(400);
    expect(await read('/api-keys')).toEqual(['k1', 'k2']);
  });

  test('a fraction is seen beside the same number written whole, and elsewhere does no harm', async () => {
    expect((await put('/request-retry', '{"other":5,"value":5.0}')).status).toBe(400);
    expect((await put('/request-retry', '{"value":5,"other":5.0,"more":{"value":1e0}}')).status).toBe(200);
    const entry = '{"index":1,"value":{"api-key":"c","priority":1.0,"index":2.0}}';
    expect((await patch('/claude-api-key', entry)).status).toBe(200);
    expect(await read('/claude-api-key')).toEqual([
      expect.anything(),
      expect.objectContaining({ priority: 1, index: 2 }),
    ]);
  });

  test('an index beyond all numbers counts as none', async () => {
    const answer = await app.call('DELETE', '/api-keys?index=99999999999999999999');
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'missing index or value' }]);
  });
});

test('an entry with an empty key is found by an empty match where keys may be empty', async () => {
  expect((await patch('/claude-api-key', '{"match":"","value":{"proxy-url":"p"}}')).status).toBe(200);
  expect(await read('/claude-api-key')).toEqual([
    expect.objectContaining({ 'api-key': '', 'proxy-url': 'p' }),
    expect.objectContaining({ 'api-key': 'c1', 'proxy-url': '' }),
  ]);
  expect((await patch('/openai-compatibility', '{"name":"","value":{"base-url":"p"}}')).status).toBe(404);
});

test('a name given twice is deleted once, without complaint', async () => {
  const answer = await app.call('DELETE', '/auth-files', { names: ['a.json', 'a.json'] });
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok', files: ['a.json'], deleted: 1 }]);
});

describe('the name __proto__, which no object can hold like any other', () => {
  test.each([
    ['PUT', '/claude-api-key', '[{"api-key":"c","headers":{"__proto__":"x"}}]'],
    ['PATCH', '/claude-api-key', '{"index":1,"value":{"headers":{"__proto__":"x"}}}'],
    ['PUT', '/claude-api-key', '[{"api-key":"c","cloak":{"__proto__":{"mode":1}}}]'],
    ['PUT', '/oauth-excluded-models', '{"__proto__":["a"]}'],
    ['PUT', '/oauth-model-alias', '{"__proto__":[{"name":"a"}]}'],
    ['PUT', '/oauth-model-alias', '{"\\u005f_proto__":[{"name":"a"}]}'],
  ])('%s %s %s is refused', async (method, path, body) => {
    const before = app.readConfig();
    const answer = await app.send(method, path, body, {});
    expect([answer.status, await answer.json()]).toEqual([400, { error: '__proto__ cannot be the name of anything.' }]);
    expect(app.readConfig()).toBe(before);
  });

  test('is refused as the name of a provider too', async () => {
    const before = app.readConfig();
    for (const path of ['/oauth-excluded-models', '/oauth-model-alias']) {
      const body = '{"provider":"__proto__","models":["a"],"aliases":[{"name":"a"}]}';
      expect((await patch(path, body)).status).toBe(400);
    }
    expect(app.readConfig()).toBe(before);
  });

  test('is a value like any other', async () => {
    expect((await put('/api-keys', '["__proto__"]')).status).toBe(200);
    expect(await read('/api-keys')).toEqual(['__proto__']);
  });
});
