// Every row of the contract, over HTTP and as the window calls it: both must mean the same.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../src-main/operations/response.ts';
import { contract, type OperationName } from '../src-shared/contract/index.ts';
import type { Operation } from '../src-shared/operation.ts';
import { Problem } from '../src-shared/problem.ts';
import { type Sample, samples } from './support/samples.ts';
import { startTestApp, type TestApp } from './support/test-app.ts';

const names = Object.keys(contract) as OperationName[];
const rows: Readonly<Record<string, Operation>> = contract;

const setup = {
  config: [
    // Logins must not leave this machine.
    'proxy-url: "http://127.0.0.1:9"',
    'logging-to-file: true',
    'api-keys: [a]',
    'gemini-api-key: [{api-key: g1}]',
    'vertex-api-key: [{api-key: v1}]',
    'claude-api-key: [{api-key: c1}]',
    'codex-api-key: [{api-key: x1, base-url: "https://x"}]',
    'openai-compatibility: [{name: one, base-url: "https://o"}]',
    'oauth-excluded-models: {claude: [m]}',
    'oauth-model-alias: {claude: [{name: a, alias: b}]}',
    '',
  ].join('\n'),
  accounts: { 'one.json': '{"type":"claude"}', 'two.json': '{}' },
};

const fail = (error: unknown): never => expect.unreachable(String(error));

const methodOf = (name: OperationName): string => [rows[name]?.http.method].flat()[0] as string;

let apps: readonly [TestApp, TestApp];
const start = async () => {
  apps = [await startTestApp(setup), await startTestApp(setup)];
};
const close = async () => {
  for (const app of apps) await app.close();
};

const differing = [
  'key_id',
  'auth_index',
  ...[
    'state',
    'url',
    'modtime',
    'created_at',
    'updated_at',
    'exported_at',
    'latest-timestamp',
    'line-count',
    'lines',
    'user_code',
  ],
  ...['address', 'configFile', 'authDir', 'logDirectory', 'logBytes', 'started', 'configRead', 'time', 'id', 'size'],
  ...['milliseconds', 'detail', 'subject', 'key', 'text', 'file'],
];

/** States, times and the like differ between two runs; their kind does not. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, part) => (differing.includes(key) ? typeof part : part)));

const configLines = (app: TestApp) =>
  app
    .readConfig()
    .replaceAll(app.folder, '')
    .replace(/\$2[ab]\$\d+\$[^\s"]+/, 'hash');

const meansTheSame = async (name: OperationName) => {
  const row = rows[name] as Operation;
  const sample: Sample = samples[name];
  const [viaHttp, viaWindow] = apps;
  const body = typeof sample.body === 'string' || sample.body === undefined ? sample.body : JSON.stringify(sample.body);
  const response = await viaHttp.send(methodOf(name), sample.path, body, {});
  const text = await response.text();
  const reply = await answer(viaWindow.app.receive, name, sample.input, { kind: 'window' }, (error) =>
    expect.unreachable(String(error)),
  );

  if (!reply.ok) {
    const problem = new Problem(reply.code, reply.message);
    expect([response.status, JSON.parse(text)]).toEqual([problem.status, problem.body]);
  } else {
    expect(row.output.safeParse(reply.value).error).toBeUndefined();
    const encoded = row.http.encode?.(reply.value as never) ?? { body: reply.value };
    const shown = encoded.type === undefined ? JSON.parse(text) : text.replace(viaHttp.folder, viaWindow.folder);
    expect(response.status).toBe(('status' in encoded && encoded.status) || 200);
    expect(comparable(shown)).toEqual(comparable(encoded.body));
    expect(structuredClone(reply.value)).toEqual(reply.value);
  }
  expect(configLines(viaHttp)).toEqual(configLines(viaWindow));
};

describe('each row that reads means the same over HTTP and for the window', () => {
  beforeAll(start);
  afterAll(close);
  test.each(names.filter((name) => methodOf(name) === 'GET'))('%s', meansTheSame);
});

describe('each row that changes something means the same over HTTP and for the window', () => {
  beforeEach(start);
  afterEach(close);
  test.each(names.filter((name) => methodOf(name) !== 'GET'))('%s', meansTheSame);
});

test('no two rows share a method and path', () => {
  const routes = names.flatMap((name) =>
    [(rows[name] as Operation).http.method].flat().map((method) => `${method} ${rows[name]?.http.path}`),
  );
  expect(routes.length).toBe(new Set(routes).size);
});

describe('as a whole', () => {
  beforeAll(start);
  afterAll(close);

  test('the API document names every row, and is what the server serves', async () => {
    const [app] = apps;
    const document = (await (await app.call('GET', '/openapi.json')).json()) as {
      readonly openapi: string;
      readonly paths: Record<string, Record<string, { readonly operationId: string }>>;
    };
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(document.openapi).toBe('3.1.0');
    expect(names.filter((name) => !ids.includes(name))).toEqual([]);
  });

  test('the names of methods on plain objects are no operations', async () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '', 1, null, {}]) {
      const reply = await answer(apps[0].app.receive, name, undefined, { kind: 'window' }, fail);
      expect(reply).toMatchObject({ ok: false, code: 'unknown_operation' });
    }
  });

  test('a wrong input is rejected with a sentence that names the place', async () => {
    const reply = await answer(apps[0].app.receive, 'debug.set', { value: 'yes' }, { kind: 'window' }, fail);
    expect(reply).toMatchObject({ ok: false, code: 'invalid_body', message: expect.stringContaining('value') });
  });
});
