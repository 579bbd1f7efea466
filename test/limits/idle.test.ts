// A program that nobody asks anything asks nobody.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../gateway/support/gateway-world.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startTestApp } from '../support/test-app.ts';

test('in a day without clients no request leaves for a vendor, and the first request of a client does', async () => {
  const asked: string[] = [];
  // Everything that leaves goes through it.
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const clock = new FakeClock(Date.now());
  const expires = new Date(clock.now() + 30 * 24 * 3_600_000).toISOString();
  const account = (type: string) =>
    JSON.stringify({ type, email: 'a@example.com', access_token: 't', expired: expires });
  const world = await startTestApp({
    accounts: { 'claude-a.json': account('claude'), 'codex-a.json': account('codex'), 'xai-a.json': account('xai') },
    config: [
      `proxy-url: http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      'claude-api-key: [{ api-key: sk-ant-1 }]',
      'gemini-api-key: [{ api-key: AIza1 }]',
      'codex-api-key: [{ api-key: sk-1, base-url: "https://api.example.com/v1" }]',
      'openai-compatibility:',
      '  - { name: relay, base-url: "https://relay.example.com/v1", api-key-entries: [{ api-key: sk-2 }] }',
      '',
    ].join('\n'),
    options: { clock },
  });
  onTestFinished(() => world.close());
  for (let minute = 0; minute < 24 * 60; minute++) {
    clock.advance(60_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  // Looking is not asking.
  for (const path of ['/account-limits', '/auth-files', '/route?model=claude-opus-5', '/costs', '/requests'])
    expect((await world.call('GET', path)).status, path).toBe(200);
  expect(asked).toEqual([]);
  const left = new AbortController();
  const request = fetch(`${world.address}/v1/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'claude-opus-5', max_tokens: 1, messages: [{ role: 'user', content: 'U' }] }),
    signal: left.signal,
  }).catch(() => {});
  await eventually(() => asked.length > 0);
  left.abort();
  await request;
});
