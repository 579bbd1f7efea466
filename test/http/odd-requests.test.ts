// Requests that no well-behaved client sends: each gets a proper answer, none is an error of the program.
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { managementKey, startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: 'logging-to-file: true\n' });
});
afterAll(() => app.close());

/** Sends bytes as they are; the answer up to the end of the connection. */
function sendRaw(...lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(app.address);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.on('data', (part) => {
      received += part;
    });
    socket.on('end', () => resolve(received));
    socket.on('error', reject);
    socket.write([...lines, `X-Management-Key: ${managementKey}`, 'Connection: close', '', ''].join('\r\n'));
  });
}

const statusOf = (answer: string) => Number(answer.split(' ')[1]);

test.each(['', '::1', 'user@localhost', 'localhost:port', 'a b', '999.1.1.1', '[::2]', 'evil.example:80'])(
  'the Host %j is refused like any foreign one',
  async (host) => {
    const answer = await sendRaw('GET /v0/management/debug HTTP/1.1', `Host: ${host}`);
    expect(statusOf(answer)).toBe(403);
    expect(answer).toContain('forbidden host');
    expect(statusOf(await sendRaw('GET /healthz HTTP/1.1', `Host: ${host}`))).toBe(200);
  },
);

test.each(['localhost:80', '[::ffff:127.0.0.1]', '127.0.0.2', 'LOCALHOST', 'cli-proxy-desktop:80'])(
  'the Host %j names this machine',
  async (host) => {
    expect(statusOf(await sendRaw('GET /v0/management/debug HTTP/1.1', `Host: ${host}`))).toBe(200);
  },
);

test('a request without Host names no machine', async () => {
  expect(statusOf(await sendRaw('GET /v0/management/debug HTTP/1.0'))).toBe(403);
});

test('OPTIONS of the server as a whole is answered like any other', async () => {
  expect(statusOf(await sendRaw('OPTIONS * HTTP/1.1', 'Host: localhost'))).toBe(204);
});

test.each(['/v0/management\\debug', '/v0/management/a\\b', '//[', '/v0/../debug'])(
  'the target %j is an unknown path',
  async (target) => {
    const answer = await sendRaw(`GET ${target} HTTP/1.1`, 'Host: localhost');
    expect([statusOf(answer), answer.split('\r\n\r\n')[1]]).toEqual([404, '404 page not found']);
  },
);

test.each([
  '/x/../v0/management/debug',
  '/v0/management/x/../debug',
  '/v0/management/%2e/debug',
  '/%76%30/management/debug',
  '/v0/management/%64ebug',
  '/v0/management/debug#x',
])('the target %j is not taken for the path that it can be read as', async (target) => {
  const answer = await sendRaw(`GET ${target} HTTP/1.1`, 'Host: localhost');
  expect([statusOf(answer), answer.split('\r\n\r\n')[1]]).toEqual([404, '404 page not found']);
});

test.each([
  ['GET /v0/management/debug HTTP/1.1', 'Host: localhost', 'Host: evil.example'],
  ['GET /v0/management/debug HTTP/1.1', 'Host: localhost', 'host: localhost'],
  ['GET http://evil.example/v0/management/debug HTTP/1.1', 'Host: localhost'],
  ['GET http://localhost/v0/management/debug HTTP/1.1', 'Host: evil.example'],
  ['GET http://[/v0/management/debug HTTP/1.1', 'Host: localhost'],
  ['POST http://evil.example/v1/messages HTTP/1.1', 'Host: localhost'],
  ['GET /healthz HTTP/1.1', 'Host: localhost', 'Host: localhost:80'],
])('%j names more than one host', async (...lines) => {
  const answer = await sendRaw(...lines);
  expect(statusOf(answer)).toBe(400);
  expect(answer).toContain('"invalid host"');
});

test('an absolute target of the same host is the path in it', async () => {
  const answer = await sendRaw('GET http://LOCALHOST/v0/management/debug HTTP/1.1', 'Host: localhost');
  expect([statusOf(answer), answer.split('\r\n\r\n')[1]]).toEqual([200, '{"debug":false}']);
  expect(statusOf(await sendRaw('GET http://localhost?x=1 HTTP/1.1', 'Host: localhost'))).toBe(200);
});

test('nothing of the API stays in a cache or is taken for another type', async () => {
  const paths = ['/debug', '/config', '/config.yaml', '/auth-files', '/openapi.json', '/nope', '/refused-clients'];
  const good = paths.map((path) => app.call('GET', path));
  const bad = [
    app.call('PUT', '/debug', 'x'),
    app.send('GET', '/config', undefined, { 'x-management-key': 'wrong' }),
    app.send('OPTIONS', '/config', undefined, {}),
    fetch(`${app.address}/v0/management/events`, { method: 'HEAD', headers: { 'x-management-key': managementKey } }),
  ];
  for (const { headers, url } of await Promise.all([...good, ...bad])) {
    expect([url, headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      url,
      'no-store',
      'nosniff',
    ]);
  }
});

test('a preflight allows every header that a page may want to send', async () => {
  const answer = await app.send('OPTIONS', '/config', undefined, {
    origin: 'tauri://localhost',
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization,cache-control,content-type,expires,pragma',
  });
  expect(answer.headers.get('access-control-allow-headers')).toBe('*, Authorization, X-Management-Key, Content-Type');
});

test('HEAD of the event stream ends at once', async () => {
  const answer = await sendRaw('HEAD /v0/management/events HTTP/1.1', 'Host: localhost');
  expect(statusOf(answer)).toBe(200);
  expect(answer).toMatch(/content-type: text\/event-stream/i);
});

test('unknown management paths carry the version headers too, so that they tell nothing', async () => {
  for (const path of ['', '/', '/nope', '/debug/']) {
    const answer = await app.call('GET', path);
    expect([answer.status, answer.headers.get('x-cpa-version')]).toEqual([404, expect.any(String)]);
  }
});

test('a client that leaves in the middle of its body is no error of the program', async () => {
  const { hostname, port } = new URL(app.address);
  const socket = connect(Number(port), hostname);
  const headers = ['Host: localhost', `X-Management-Key: ${managementKey}`, 'Content-Length: 100'];
  await new Promise((resolve) => {
    socket.write(['PUT /v0/management/ws-auth HTTP/1.1', ...headers, '', '{"val'].join('\r\n'), resolve);
  });
  socket.destroy();
  await expect.poll(async () => (await app.call('GET', '/logs')).text()).toContain('| 499 |');
  const { lines } = (await (await app.call('GET', '/logs')).json()) as { readonly lines: readonly string[] };
  expect(lines.filter((line) => line.includes('[error]'))).toEqual([]);
});
