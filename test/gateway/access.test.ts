// Who may ask, and what is told to whom.
import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { fails, gatewayWorld, provider, responses, sendJson, startUpstream } from './support/gateway-world.ts';

/** With headers that fetch does not let one set. */
function rawStatus(port: number, headers: Readonly<Record<string, string>>, method = 'POST'): Promise<number> {
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'U' }] });
  return new Promise((resolve, reject) => {
    const call = httpRequest({ port, host: '127.0.0.1', path: '/v1/chat/completions', method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end(method === 'POST' ? body : undefined);
  });
}

test.each([
  [{}, 200],
  [{ host: 'localhost:1234' }, 200],
  [{ host: '[::1]:1234' }, 200],
  [{ origin: 'http://localhost:5173' }, 200],
  [{ host: 'evil.example' }, 403],
  [{ host: 'localhost.evil.example' }, 403],
  [{ origin: 'https://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ 'x-forwarded-for': '192.0.2.1' }, 403],
])('without client keys %o is answered with %i', async (headers, status) => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a'], { 'api-keys': [] }));
  expect(await rawStatus(world.port, headers as Record<string, string>)).toBe(status);
  expect(upstream.calls).toHaveLength(status === 200 ? 1 : 0);
});

test('without client keys a page of another site fails its preflight too', async () => {
  const world = await gatewayWorld({ 'api-keys': [] });
  expect(await rawStatus(world.port, { origin: 'https://evil.example' }, 'OPTIONS')).toBe(403);
  expect(await rawStatus(world.port, { origin: 'http://127.0.0.1:3000' }, 'OPTIONS')).toBe(204);
});

test('a list of blank keys lets nobody in', async () => {
  const world = await gatewayWorld({ 'api-keys': ['', ''] });
  expect((await world.chat()).status).toBe(401);
});

test('with client keys any page may ask that has one', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const preflight = await fetch(`${world.url}/v1/messages`, {
    method: 'OPTIONS',
    headers: { origin: 'https://a.example' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
  const response = await world.ask(
    '/v1/chat/completions',
    { model: 'm', messages: [] },
    { origin: 'https://a.example' },
  );
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
});

test('a key that was added or taken away counts from the next request', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  world.change(provider(upstream.url, ['a'], { 'api-keys': ['other'] }));
  expect((await world.chat()).status).toBe(401);
  world.change(provider(upstream.url, ['a'], { 'api-keys': ['other', 'ck'] }));
  expect((await world.chat()).status).toBe(200);
});

test.each([
  ['/v1/chat/completions', { type: 'authentication_error', message: 'Invalid API key' }],
  ['/v1/responses', { type: 'authentication_error', message: 'Invalid API key' }],
  ['/v1/messages', { type: 'authentication_error', message: 'Invalid API key' }],
  ['/v1beta/models/x:generateContent', { code: 401, status: 'UNAUTHENTICATED', message: 'Invalid API key' }],
])('%s tells a wrong key in its own format', async (path, error) => {
  const world = await gatewayWorld({});
  const response = await world.ask(path, {}, { authorization: 'Bearer wrong' });
  expect([response.status, await response.json()]).toEqual([
    401,
    expect.objectContaining({ error: expect.objectContaining(error) }),
  ]);
});

test.each(['GET /v1/chat/completions', 'POST /v1/nothing', 'GET /v1/ws', 'DELETE /v1/models'])(
  '%s is not found, which is said in words',
  async (line) => {
    const world = await gatewayWorld({});
    const [method = '', path = ''] = line.split(' ');
    const response = await fetch(world.url + path, { method, headers: { authorization: 'Bearer ck' } });
    const error = expect.objectContaining({ message: expect.stringContaining(path) });
    expect([response.status, await response.json()]).toEqual([404, { error }]);
  },
);

test('a body that is too large is rejected before it is read', async () => {
  const world = await gatewayWorld({});
  const length = String(65 * 1024 * 1024);
  expect(await rawStatus(world.port, { authorization: 'Bearer ck', 'content-length': length })).toBe(413);
});

test.each(['{"model":"m","messages":[', '[]', 'text', '{"model":"m"}}', '{"model":m}', ''])(
  'the body %j is rejected and goes to nobody',
  async (body) => {
    const upstream = await startUpstream(responses);
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    const response = await world.ask('/v1/chat/completions', body);
    expect(response.status).toBe(400);
    expect(upstream.calls).toHaveLength(0);
  },
);

test('a key that the upstream repeats in its error is not told to clients or logs', async () => {
  const secret = 'sk-upstream-secret-0001';
  const upstream = await startUpstream((_, response) =>
    sendJson(response, 400, { error: { message: `Incorrect API key provided: ${secret}`, type: 'x' } }),
  );
  const world = await gatewayWorld(provider(upstream.url, [secret]));
  expect(await (await world.chat()).text()).not.toContain(secret);
  expect(world.lines.join('\n')).not.toContain(secret);
});

test('logs tell neither keys nor bodies', async () => {
  const upstream = await startUpstream(fails(500));
  const world = await gatewayWorld(provider(upstream.url, ['upstream-key-0001']));
  await world.chat({ messages: [{ role: 'user', content: 'a private thought' }] });
  expect(world.lines.length).toBeGreaterThan(0);
  expect(world.lines.join('\n')).not.toMatch(/upstream-key-0001|private|Bearer/);
});

test.each([
  ['GET', '/v1/nothing'],
  ['GET', '/v1/chat/completions'],
  ['DELETE', '/v1/models'],
  ['POST', '/v1beta/models/m:nothing'],
])('%s %s is not found, with and without a key', async (method, path) => {
  const world = await gatewayWorld({});
  for (const headers of [{}, { authorization: 'Bearer ck' }] as Record<string, string>[]) {
    expect((await fetch(world.url + path, { method, headers })).status).toBe(404);
  }
});

test('an unknown Gemini method is reported in the format of Gemini', async () => {
  const world = await gatewayWorld({});
  const response = await world.ask('/v1beta/models/m:nothing', {});
  expect(await response.json()).toEqual({ error: expect.objectContaining({ code: 404, status: 'NOT_FOUND' }) });
});

test.each([
  ['ck', 426],
  ['wrong', 401],
])('a WebSocket is refused so that Codex goes on over HTTP at once (key %s: %i)', async (key, status) => {
  const world = await gatewayWorld({});
  const handshake = {
    authorization: `Bearer ${key}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  };
  expect(await rawStatus(world.port, handshake, 'GET')).toBe(status);
});
