// The examples of the public API document: request in, documented answer out.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from './support/test-app.ts';

const config = `
debug: false
proxy-url: "socks5://user:pass@127.0.0.1:1080/"
request-retry: 3
logging-to-file: true
usage-statistics-enabled: true
quota-exceeded:
  switch-project: true
  switch-preview-model: true
api-keys: [k1, k2, k3]
gemini-api-key:
  - api-key: "AIzaSy-1"
    base-url: "https://generativelanguage.googleapis.com"
    headers:
      X-Custom-Header: "custom-value"
  - api-key: "AIzaSy-2"
    proxy-url: "socks5://proxy.example.com:1080"
codex-api-key:
  - {api-key: "sk-a", base-url: "https://a.example.com", proxy-url: ""}
  - {api-key: "sk-b", base-url: "https://b.example.com", proxy-url: ""}
claude-api-key:
  - {api-key: "sk-a", base-url: "", proxy-url: ""}
  - {api-key: "sk-b", base-url: "", proxy-url: ""}
openai-compatibility:
  - name: openrouter
    base-url: "https://openrouter.ai/api/v1"
    api-key-entries:
      - api-key: "sk"
    models: []
`;
const account = '{"type":"claude","email":"user@example.com"}';
const ok = { status: 'ok' };

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({ config, accounts: { 'acc1.json': account, 'acc2.json': '{}', 'acc3.json': '{}' } });
});
afterEach(() => app.close());

interface Example {
  readonly request: string;
  readonly body?: unknown;
  readonly answer: unknown;
  /** What a GET of the same path shows afterwards. */
  readonly afterwards?: unknown;
}

const openrouter = {
  name: 'openrouter',
  'base-url': 'https://openrouter.ai/api/v1',
  'api-key-entries': [{ 'api-key': 'sk', 'proxy-url': '' }],
  models: [],
};
const shownOpenrouter = { ...openrouter, 'api-key-entries': [{ 'api-key': 'sk' }] };
const codexB2 = { 'api-key': 'sk-b2', 'base-url': 'https://c.example.com', 'proxy-url': '' };
const geminiFirst = {
  'api-key': 'AIzaSy-1',
  'base-url': 'https://custom.example.com',
  headers: { 'X-Custom-Header': 'custom-value' },
  'proxy-url': '',
};
const { 'proxy-url': _, ...shownGeminiFirst } = geminiFirst;
const geminiSecond = { 'api-key': 'AIzaSy-2', 'proxy-url': 'socks5://proxy.example.com:1080' };

const booleans = ['debug', 'logging-to-file', 'usage-statistics-enabled', 'request-log'].map(
  (name) => [name, name] as const,
);
const quota = ['switch-project', 'switch-preview-model'].map((name) => [`quota-exceeded/${name}`, name] as const);

const examples: readonly Example[] = [
  ...[...booleans, ...quota].flatMap(([path, name]) =>
    (['PUT', 'PATCH'] as const).flatMap((method) =>
      [true, false].map((value) => ({
        request: `${method} /${path}`,
        body: { value },
        answer: ok,
        afterwards: { [name]: value },
      })),
    ),
  ),
  { request: 'GET /debug', answer: { debug: false } },
  { request: 'GET /proxy-url', answer: { 'proxy-url': 'socks5://user:pass@127.0.0.1:1080/' } },
  {
    request: 'PATCH /proxy-url',
    body: { value: 'http://127.0.0.1:8080' },
    answer: ok,
    afterwards: { 'proxy-url': 'http://127.0.0.1:8080' },
  },
  { request: 'DELETE /proxy-url', answer: ok, afterwards: { 'proxy-url': '' } },
  { request: 'GET /request-retry', answer: { 'request-retry': 3 } },
  { request: 'PATCH /request-retry', body: { value: 5 }, answer: ok, afterwards: { 'request-retry': 5 } },
  { request: 'GET /api-keys', answer: { 'api-keys': ['k1', 'k2', 'k3'] } },
  { request: 'PUT /api-keys', body: ['k1', 'k2', 'k3'], answer: ok, afterwards: { 'api-keys': ['k1', 'k2', 'k3'] } },
  {
    request: 'PATCH /api-keys',
    body: { old: 'k2', new: 'k2b' },
    answer: ok,
    afterwards: { 'api-keys': ['k1', 'k2b', 'k3'] },
  },
  {
    request: 'PATCH /api-keys',
    body: { index: 0, value: 'k1b' },
    answer: ok,
    afterwards: { 'api-keys': ['k1b', 'k2', 'k3'] },
  },
  { request: 'DELETE /api-keys?value=k1', answer: ok, afterwards: { 'api-keys': ['k2', 'k3'] } },
  { request: 'DELETE /api-keys?index=0', answer: ok, afterwards: { 'api-keys': ['k2', 'k3'] } },
  {
    request: 'PUT /gemini-api-key',
    body: [
      { 'api-key': 'AIzaSy-1', headers: { 'X-Custom-Header': 'vendor-value' } },
      { 'api-key': 'AIzaSy-2', 'base-url': 'https://custom.example.com' },
    ],
    answer: ok,
    afterwards: {
      'gemini-api-key': [
        { 'api-key': 'AIzaSy-1', headers: { 'X-Custom-Header': 'vendor-value' } },
        { 'api-key': 'AIzaSy-2', 'base-url': 'https://custom.example.com' },
      ],
    },
  },
  {
    request: 'PATCH /gemini-api-key',
    body: { index: 0, value: geminiFirst },
    answer: ok,
    afterwards: { 'gemini-api-key': [shownGeminiFirst, geminiSecond] },
  },
  {
    request: 'PATCH /gemini-api-key',
    body: {
      match: 'AIzaSy-1',
      value: {
        'api-key': 'AIzaSy-1',
        headers: { 'X-Custom-Header': 'custom-value' },
        'proxy-url': 'socks5://proxy.example.com:1080',
      },
    },
    answer: ok,
    afterwards: {
      'gemini-api-key': [
        {
          'api-key': 'AIzaSy-1',
          headers: { 'X-Custom-Header': 'custom-value' },
          'proxy-url': 'socks5://proxy.example.com:1080',
        },
        geminiSecond,
      ],
    },
  },
  { request: 'DELETE /gemini-api-key?api-key=AIzaSy-1', answer: ok, afterwards: { 'gemini-api-key': [geminiSecond] } },
  { request: 'DELETE /gemini-api-key?index=0', answer: ok, afterwards: { 'gemini-api-key': [geminiSecond] } },
  {
    request: 'PUT /generative-language-api-key',
    body: ['AIzaSy-1', 'AIzaSy-2'],
    answer: ok,
    afterwards: { 'generative-language-api-key': ['AIzaSy-1', 'AIzaSy-2'] },
  },
  {
    request: 'PATCH /generative-language-api-key',
    body: { old: 'AIzaSy-1', new: 'AIzaSy-1b' },
    answer: ok,
    afterwards: { 'generative-language-api-key': ['AIzaSy-1b', 'AIzaSy-2'] },
  },
  {
    request: 'DELETE /generative-language-api-key?value=AIzaSy-2',
    answer: ok,
    afterwards: { 'generative-language-api-key': ['AIzaSy-1'] },
  },
  ...(['codex-api-key', 'claude-api-key'] as const).flatMap((name) => [
    { request: `PATCH /${name}`, body: { index: 1, value: codexB2 }, answer: ok },
    { request: `DELETE /${name}?api-key=sk-b`, answer: ok },
    { request: `DELETE /${name}?index=0`, answer: ok },
  ]),
  {
    request: 'PUT /claude-api-key',
    body: [
      { 'api-key': 'sk-a', 'proxy-url': 'socks5://proxy.example.com:1080' },
      { 'api-key': 'sk-b', 'base-url': 'https://c.example.com', 'proxy-url': '' },
    ],
    answer: ok,
    afterwards: {
      'claude-api-key': [
        { 'api-key': 'sk-a', 'base-url': '', 'proxy-url': 'socks5://proxy.example.com:1080', models: [] },
        { 'api-key': 'sk-b', 'base-url': 'https://c.example.com', 'proxy-url': '', models: [] },
      ],
    },
  },
  {
    // Codex entries without a base address are dropped: an exception to the document.
    request: 'PUT /codex-api-key',
    body: [
      { 'api-key': 'sk-a', 'proxy-url': 'socks5://proxy.example.com:1080' },
      { ...codexB2, 'api-key': 'sk-b' },
    ],
    answer: ok,
    afterwards: { 'codex-api-key': [{ ...codexB2, 'api-key': 'sk-b' }] },
  },
  { request: 'GET /openai-compatibility', answer: { 'openai-compatibility': [shownOpenrouter] } },
  {
    request: 'PUT /openai-compatibility',
    body: [{ ...openrouter, models: [{ name: 'm', alias: 'a' }] }],
    answer: ok,
    afterwards: { 'openai-compatibility': [{ ...shownOpenrouter, models: [{ name: 'm', alias: 'a' }] }] },
  },
  {
    request: 'PATCH /openai-compatibility',
    body: { name: 'openrouter', value: openrouter },
    answer: ok,
    afterwards: { 'openai-compatibility': [shownOpenrouter] },
  },
  {
    request: 'PATCH /openai-compatibility',
    body: { index: 0, value: openrouter },
    answer: ok,
    afterwards: { 'openai-compatibility': [shownOpenrouter] },
  },
  { request: 'DELETE /openai-compatibility?name=openrouter', answer: ok, afterwards: { 'openai-compatibility': [] } },
  { request: 'DELETE /openai-compatibility?index=0', answer: ok, afterwards: { 'openai-compatibility': [] } },
  { request: 'POST /auth-files?name=acc9.json', body: { type: 'qwen' }, answer: ok },
  { request: 'DELETE /auth-files?name=acc1.json', answer: ok },
  { request: 'DELETE /auth-files?all=true', answer: { status: 'ok', deleted: 3 } },
  { request: 'GET /get-auth-status?state=unknown', answer: ok },
];

describe('documented requests get the documented responses', () => {
  test.each(examples.map((example) => [`${example.request} ${JSON.stringify(example.body ?? '')}`, example] as const))(
    '%s',
    async (_name, { request, body, answer, afterwards }) => {
      const [method = '', path = ''] = request.split(' ');
      const response = await app.call(method, path, body);
      expect([response.status, await response.json()]).toEqual([200, answer]);
      if (afterwards === undefined) return;
      const shown = await app.call('GET', path.split('?')[0] as string);
      expect(await shown.json()).toEqual(afterwards);
    },
  );
});

test('GET /config shows the documented keys, and both names of the Gemini keys', async () => {
  const shown = await (await app.call('GET', '/config')).json();
  expect(shown).toMatchObject({
    debug: false,
    'proxy-url': 'socks5://user:pass@127.0.0.1:1080/',
    'api-keys': ['k1', 'k2', 'k3'],
    'quota-exceeded': { 'switch-project': true, 'switch-preview-model': true },
    'gl-api-key': ['AIzaSy-1', 'AIzaSy-2'],
    'generative-language-api-key': ['AIzaSy-1', 'AIzaSy-2'],
    'request-retry': 3,
  });
  for (const hidden of ['port', 'host', 'auth-dir', 'remote-management']) expect(shown).not.toHaveProperty(hidden);
});

test('config.yaml is downloaded as it is and replaced byte for byte', async () => {
  const download = await app.call('GET', '/config.yaml');
  expect(download.headers.get('content-type')).toBe('application/yaml; charset=utf-8');
  expect(download.headers.get('cache-control')).toBe('no-store');
  const text = await download.text();
  const changed = text.replace('debug: false', 'debug:   true # louder');
  const put = await app.send('PUT', '/config.yaml', changed, { 'content-type': 'application/yaml' });
  expect([put.status, await put.json()]).toEqual([200, { ok: true, changed: ['config'] }]);
  expect(await (await app.call('GET', '/config.yaml')).text()).toBe(changed);
  const bad = await app.send('PUT', '/config.yaml', 'debug: [', {});
  expect([bad.status, await bad.json()]).toEqual([
    422,
    { error: 'invalid_config', message: expect.stringMatching(/line \d+, column \d+/) },
  ]);
});

test('account files are listed, downloaded and uploaded in both documented ways', async () => {
  const { files } = await (await app.call('GET', '/auth-files')).json();
  expect(files[0]).toMatchObject({
    name: 'acc1.json',
    size: account.length,
    type: 'claude',
    email: 'user@example.com',
  });
  expect(await (await app.call('GET', '/auth-files/download?name=acc1.json')).text()).toBe(account);
  const form = new FormData();
  form.set('file', new File([account], 'acc7.json'));
  const uploaded = await app.send('POST', '/auth-files', form, {});
  expect([uploaded.status, await uploaded.json()]).toEqual([200, ok]);
  expect(await (await app.call('GET', '/auth-files/download?name=acc7.json')).text()).toBe(account);
});

test.each([
  ['账号.json', '__.json', '%E8%B4%A6%E5%8F%B7.json'],
  ["müller's (1)*.json", "m_ller's (1)*.json", 'm%C3%BCller%27s%20%281%29%2A.json'],
  ['100%.json', '100_.json', '100%25.json'],
  ['a@b.example.json', 'a@b.example.json', undefined],
])('the account file %s is downloaded under its name', async (name, plain, encoded) => {
  const query = `?name=${encodeURIComponent(name)}`;
  expect((await app.send('POST', `/auth-files${query}`, account, {})).status).toBe(200);
  const response = await app.call('GET', `/auth-files/download${query}`);
  expect([response.status, await response.text()]).toEqual([200, account]);
  const rest = encoded === undefined ? '' : `; filename*=UTF-8''${encoded}`;
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${plain}"${rest}`);
});

test('logs are read and cleared in the documented form', async () => {
  const logs = await (await app.call('GET', '/logs')).json();
  expect(logs).toEqual({
    lines: expect.any(Array),
    'line-count': expect.any(Number),
    'latest-timestamp': expect.any(Number),
  });
  const cleared = await (await app.call('DELETE', '/logs')).json();
  expect(cleared).toEqual({ status: 'ok', success: true, message: 'Logs cleared successfully', removed: 0 });
});

test('usage of a fresh server is all zeros', async () => {
  expect(await (await app.call('GET', '/usage')).json()).toEqual({
    usage: {
      total_requests: 0,
      success_count: 0,
      failure_count: 0,
      total_tokens: 0,
      apis: {},
      requests_by_day: {},
      requests_by_hour: {},
      tokens_by_day: {},
      tokens_by_hour: {},
    },
    failed_requests: 0,
  });
});

test.each(['anthropic', 'codex', 'gemini-cli', 'iflow'])(
  'a %s login starts with an address and a state',
  async (name) => {
    const started = await (await app.call('GET', `/${name}-auth-url`)).json();
    expect(started).toMatchObject({
      status: 'ok',
      url: expect.stringContaining('https://'),
      state: expect.any(String),
    });
    expect(await (await app.call('GET', `/get-auth-status?state=${started.state}`)).json()).toEqual({ status: 'wait' });
  },
);

test('errors have their documented form', async () => {
  const missing = await app.send('GET', '/debug', undefined, { 'x-management-key': '' });
  expect([missing.status, await missing.json()]).toEqual([401, { error: 'missing management key' }]);
  const wrong = await app.send('GET', '/debug', undefined, { 'x-management-key': 'wrong' });
  expect([wrong.status, await wrong.json()]).toEqual([401, { error: 'invalid management key' }]);
  const body = await app.call('PUT', '/debug', { value: 'yes' });
  expect([body.status, await body.json()]).toEqual([400, { error: 'invalid body' }]);
  const item = await app.call('PATCH', '/gemini-api-key', { match: 'nobody', value: { 'api-key': 'x' } });
  expect([item.status, await item.json()]).toEqual([404, { error: 'item not found' }]);
  const file = await app.call('DELETE', '/auth-files?name=nobody.json');
  expect([file.status, await file.json()]).toEqual([404, { error: 'file not found' }]);
});
