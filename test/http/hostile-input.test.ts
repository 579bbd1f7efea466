// Hostile requests to every row: never a 5xx, never a crash, never a changed file outside config and accounts.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EventStreams } from '../../src-main/http/events-stream.ts';
import { createRouter, managementPrefix } from '../../src-main/http/router.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { contract, type OperationName } from '../../src-shared/contract/index.ts';
import type { Operation } from '../../src-shared/operation.ts';
import { signInProviders } from '../../src-shared/providers.ts';
import { type Sample, samples } from '../support/samples.ts';
import { managementKey, startTestApp, type TestApp } from '../support/test-app.ts';

const rows: Readonly<Record<string, Operation>> = contract;
const names = Object.keys(contract) as OperationName[];
const actor = { kind: 'http', address: '127.0.0.1', agent: 'fuzz' } as const;
const unexpected: unknown[] = [];
/** Hostile requests to each row. They differ from run to run; the long run sends more at once. */
const requestsPerRow = process.env.SOAK ? 500 : 40;
const reached = new Map<string, number>();

let app: TestApp;
let server: Server;
let outside: string;

beforeAll(async () => {
  // A hostile config may be a valid one without auth-dir and port: the defaults must not leave the test's folder.
  process.env.HOME = mkdtempSync(path.join(tmpdir(), 'home-'));
  app = await startTestApp({
    parent: mkdtempSync(path.join(tmpdir(), 'parent-')),
    options: { host: '127.0.0.1', port: 0 },
    config: 'proxy-url: "http://127.0.0.1:9"\nlogging-to-file: true\n',
    accounts: { 'one.json': '{"type":"claude"}' },
  });
  outside = path.join(app.folder, 'outside');
  mkdirSync(outside);
  writeFileSync(path.join(outside, 'secret.json'), '{"type":"outside"}');
  symlinkSync(path.join(outside, 'secret.json'), path.join(app.authDir, 'link.json'));
  // The same router as the product's, with a counter before the real dispatch and no key to find.
  const router = createRouter({
    contract,
    receive: (name, input, who) => {
      reached.set(name, (reached.get(name) ?? 0) + 1);
      return app.app.receive(name, input, who);
    },
    authenticate: async () => ({ actor }),
    publicRoute: () => undefined,
    events: new EventStreams({ on: () => () => {}, snapshot: () => [] }, systemClock),
    version: '0.0.0',
    commit: 'none',
    buildDate: 'none',
    onUnexpected: (error) => unexpected.push(error),
  });
  server = createServer((request, response) => void router(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await app.close();
  for (const folder of [process.env.HOME as string, path.dirname(app.folder)])
    rmSync(folder, { recursive: true, force: true });
});

interface Raw {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Sends a request as it is, without the normalising that `fetch` does. Resolves with the status. */
function send(port: number, raw: Raw): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, method: raw.method, path: raw.path, headers: { ...raw.headers } },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.once('error', (error: NodeJS.ErrnoException) =>
      // The server may close the connection while an over-long body is still being sent.
      error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(413) : reject(error),
    );
    sent.end(raw.body);
  });
}

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '..',
    '../x.json',
    '%2e%2e%2fx.json',
    '%00',
    'CON.json',
    'a'.repeat(300),
    '\u202ex.json',
    '-1',
    '1e9',
    '9007199254740993',
    'null',
    '__proto__',
    'constructor',
    'link.json',
    'one.json',
  ),
);
const oddJson = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    '{',
    '[',
    '"',
    '{"value":',
    '{"value":1e400}',
    '{"__proto__":{"value":true}}',
    '\u0000',
    '\ufeff{}',
    '{"index":1e300,"value":{}}',
    '[[[[[[]]]]]]',
  ),
  fc.nat(200).map((depth) => '['.repeat(depth * 100) + ']'.repeat(depth * 100)),
);

/** A request to a row: its sample, or that sample with a hostile query, body, encoding or content type. */
function requestTo(name: OperationName): fc.Arbitrary<Raw> {
  const row = rows[name] as Operation;
  const sample: Sample = samples[name];
  const target = sample.path.split('?')[0] as string;
  const method = [row.http.method].flat()[0] as string;
  const wellFormed =
    typeof sample.body === 'string' ? sample.body : sample.body === undefined ? undefined : JSON.stringify(sample.body);
  const query = fc
    .dictionary(fc.constantFrom(...(row.http.query ?? ['x']), 'x'), oddText, { maxKeys: 3 })
    .map((pairs) =>
      Object.entries(pairs)
        .map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`)
        .join('&'),
    );
  const suffix = fc.oneof(
    fc.constant(sample.path.split('?')[1] ?? ''),
    query,
    fc.constantFrom('%', 'index=%zz', 'a=b;c=d', 'name=..%2f..%2fx.json'),
  );
  const body = fc.oneof({ weight: 3, arbitrary: fc.constant(wellFormed) }, { weight: 2, arbitrary: oddJson });
  const headers = fc.record(
    {
      'content-type': fc.constantFrom(
        'application/json',
        'multipart/form-data; boundary=x',
        'multipart/form-data',
        'text/plain',
        'application/x-www-form-urlencoded',
      ),
      'x-forwarded-for': fc.constantFrom('127.0.0.1', 'unknown', ''),
    },
    { requiredKeys: [] },
  );
  return fc.record({ suffix, body, headers }).map(({ suffix: search, body: text, headers: extra }) => ({
    method,
    path: `${managementPrefix}${target}${search === '' ? '' : `?${search}`}`,
    headers: extra,
    ...(text !== undefined && { body: Buffer.from(text.toWellFormed()) }),
  }));
}

/** Digest of everything below a folder but the account files and the config. */
function digest(folder: string): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    hash.update(`${entry.parentPath}/${entry.name}`);
    if (entry.isFile()) hash.update(readFileSync(path.join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex');
}

const deviceLogins: ReadonlySet<string> = new Set(
  signInProviders
    .filter(({ signIn }) => signIn.flows[0] === 'device')
    .map(({ signIn }) => `${signIn.login}-login.start`),
);

const port = () => (server.address() as AddressInfo).port;

test('every row survives hostile requests, and its handler was really reached', { timeout: 900_000 }, async () => {
  const before = digest(outside);
  for (const name of names) {
    await fc.assert(
      fc.asyncProperty(requestTo(name), async (raw) => {
        const status = await send(port(), raw);
        // Device logins need the network, which these tests do not have, or a client id: their 5xx are documented.
        if (!deviceLogins.has(name)) expect(status).toBeLessThan(500);
      }),
      { numRuns: requestsPerRow },
    );
  }
  expect(unexpected).toEqual([]);
  expect(names.filter((name) => (reached.get(name) ?? 0) < requestsPerRow / 4)).toEqual([]);
  expect(digest(outside)).toBe(before);
  expect(readdirSync(path.dirname(app.folder))).toEqual([path.basename(app.folder)]);
});

test('hostile methods, paths and headers never hurt the real server', async () => {
  const real = Number(new URL(app.address).port);
  const methods = fc.constantFrom('GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND');
  const paths = fc.oneof(
    fc.webPath().map((text) => `/${text.replace(/^\/+/, '')}`),
    fc.constantFrom(
      '//',
      '/%',
      '/%00',
      '/..%2f..%2fetc/passwd',
      '/assets/../../package.json',
      '/assets/%2e%2e/x.js',
      '/v0/management/%2e%2e/config',
      '/v0/management//debug',
      '/management.html/',
      `/${'a'.repeat(4000)}`,
    ),
  );
  await fc.assert(
    fc.asyncProperty(methods, paths, fc.boolean(), async (method, target, withKey) => {
      const status = await send(real, {
        method,
        path: target,
        headers: withKey ? { 'x-management-key': managementKey } : {},
      });
      expect(status).toBeLessThan(500);
    }),
    { numRuns: 400 },
  );
});

test('a body that is too large is rejected with 413', async () => {
  const status = await send(port(), {
    method: 'PUT',
    path: `${managementPrefix}/config.yaml`,
    body: Buffer.alloc(40 * 1024 * 1024, 'x'),
  });
  expect(status).toBe(413);
});

test.each([
  '../x.json',
  '..',
  '.',
  'sub/x.json',
  'sub\\x.json',
  '\0.json',
  `${'n'.repeat(300)}.json`,
  'CON.json',
  'lpt1.json',
  'x.json\0',
  ' .json\n',
])('no account file can be written under the name %j', async (name) => {
  const before = readdirSync(app.authDir);
  const status = await send(port(), {
    method: 'POST',
    path: `${managementPrefix}/auth-files?name=${encodeURIComponent(name)}`,
    body: '{}',
  });
  expect(status).toBe(400);
  expect(readdirSync(app.authDir)).toEqual(before);
});

test('a link that points out of the account folder is neither read nor written', async () => {
  symlinkSync(path.join(outside, 'secret.json'), path.join(app.authDir, 'out.json'));
  for (const [method, target, body] of [
    ['GET', '/auth-files/download?name=out.json', undefined],
    ['PATCH', '/auth-files/status', '{"name":"out.json","disabled":true}'],
    ['POST', '/auth-files?name=out.json', '{"type":"changed"}'],
    ['DELETE', '/auth-files?name=out.json', undefined],
  ] as const) {
    await send(port(), { method, path: `${managementPrefix}${target}`, ...(body && { body }) });
  }
  expect(readFileSync(path.join(outside, 'secret.json'), 'utf8')).toBe('{"type":"outside"}');
});
