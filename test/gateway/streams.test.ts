// Streams through the gateway: the same bytes however they are cut, errors in the client's format, clients that leave.
import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  chatAnswer,
  drainOrClose,
  eventually,
  fails,
  gatewayWorld,
  inOrder,
  provider,
  responses,
  type Script,
  sendJson,
  startUpstream,
} from './support/gateway-world.ts';

const chunk = (delta: object, finish: string | null = null, more: object = {}) =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'up', choices: [{ index: 0, delta, finish_reason: finish }], ...more })}\n\n`;
const usage =
  'data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"up","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}\n\n';
const done = 'data: [DONE]\n\n';
const whole = `${chunk({ role: 'assistant', content: '' })}: comment 日本\n\n${chunk({ content: 'naïve 🙂' })}${chunk({ content: ' end' })}${chunk({}, 'stop')}${done}`;

const streamed =
  (pieces: readonly (string | Buffer)[], { gap = false, end = true } = {}): Script =>
  async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of pieces) {
      response.write(piece);
      if (gap) await new Promise((resolve) => setImmediate(resolve));
    }
    if (end) response.end();
  };

const user = { role: 'user', content: 'U' };

test('a stream that is cut at any byte reaches the client as it was', async () => {
  const bytes = Buffer.from(whole.replaceAll('\n\n', '\r\n\r\n'));
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  for (let destroy = 1; destroy < bytes.length; destroy++) {
    upstream.play(streamed([bytes.subarray(0, destroy), bytes.subarray(destroy)], { gap: true }));
    const text = await (await world.chat({ stream: true })).text();
    expect(text, `cut at ${destroy}`).toBe(bytes.toString());
  }
});

test('a translated stream says the same however it is cut', async () => {
  const bytes = Buffer.from(whole);
  const upstream = await startUpstream(streamed([whole]));
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const ask = async () =>
    (await world.ask('/v1/messages', { model: 'm', max_tokens: 9, stream: true, messages: [user] })).text();
  const plain = (text: string) => text.replace(/"id":"[^"]*"/g, '"id":""');
  const uncut = plain(await ask());
  for (let destroy = 1; destroy < bytes.length; destroy += 3) {
    upstream.play(streamed([bytes.subarray(0, destroy), bytes.subarray(destroy)], { gap: true }));
    expect(plain(await ask()), `cut at ${destroy}`).toBe(uncut);
  }
});

describe('usage of chat streams', () => {
  test('is asked for, counted, and hidden from a client that did not ask', async () => {
    const upstream = await startUpstream(streamed([whole.replace(done, usage + done)]));
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    expect(await (await world.chat({ stream: true, stream_options: { x: 1 } })).text()).toBe(whole);
    expect(upstream.calls[0]?.body.stream_options).toEqual({ x: 1, include_usage: true });
    expect(world.usage.totals()).toMatchObject({ total_requests: 1, total_tokens: 10 });
  });

  test('is passed on to a client that asked', async () => {
    const upstream = await startUpstream(streamed([whole.replace(done, usage + done)]));
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    const text = await (await world.chat({ stream: true, stream_options: { include_usage: true } })).text();
    expect(text).toContain('"total_tokens":10');
  });
});

describe('before the response has begun', () => {
  test.each([
    ['an error event', streamed(['data: {"error":{"message":"overloaded","code":503}}\n\n'])],
    ['nothing', streamed([])],
    ['only a role', streamed([chunk({ role: 'assistant', content: '' })])],
    ['HTML', ((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')) as Script],
    ['half an event', streamed(['data: {"id":'])],
    ['a redirect', ((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()) as Script],
  ])('%s makes the next key response', async (_, script) => {
    const upstream = await startUpstream(inOrder(script, streamed([whole])));
    const world = await gatewayWorld(provider(upstream.url, ['a', 'b']));
    const response = await world.chat({ stream: true });
    expect([response.status, await response.text()]).toEqual([200, whole]);
  });
});

describe('after the response has begun', () => {
  const begun = chunk({ content: 'partial' });

  test.each([
    ['an upstream that closes', streamed([begun]), 'closed the stream'],
    [
      'an upstream that breaks off',
      (async (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(`${begun}data: {"id"`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        response.destroy();
      }) as Script,
      'upstream',
    ],
    [
      'an error event',
      streamed([begun, 'data: {"error":{"message":"overloaded just now"}}\n\n'], { gap: true }),
      'overloaded just now',
    ],
  ])('%s is reported in the stream, and nothing looks like an end', async (_, script, message) => {
    const upstream = await startUpstream(script);
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    const text = await (await world.chat({ stream: true })).text();
    const events = text.split('\n\n').filter(Boolean);
    expect(events[0]).toBe(begun.trim());
    expect(JSON.parse(events.at(-1)!.replace('data: ', '')).error.message).toContain(message);
    expect(text).not.toContain('[DONE]');
    expect(world.usage.totals()).toMatchObject({ total_requests: 1, failure_count: 1 });
  });

  test('a missing [DONE] is made up for when the response is complete', async () => {
    const upstream = await startUpstream(streamed([whole.replace(done, '')]));
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    expect(await (await world.chat({ stream: true })).text()).toBe(whole);
  });
});

test('Gemini without alt=sse gets a JSON list that grows', async () => {
  const part = (text: string, finishReason?: string) => ({
    candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...(finishReason && { finishReason }) }],
  });
  const upstream = await startUpstream(
    streamed([`data: ${JSON.stringify(part('a'))}\n\n`, `data: ${JSON.stringify(part('b', 'STOP'))}\n\n`], {
      gap: true,
    }),
  );
  const world = await gatewayWorld({ 'gemini-api-key': [{ 'api-key': 'k', 'base-url': upstream.url }] });
  const response = await world.ask('/v1beta/models/gemini-2.5-pro:streamGenerateContent', {
    contents: [{ role: 'user', parts: [{ text: 'U' }] }],
  });
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toEqual([part('a'), part('b', 'STOP')]);
  expect(upstream.calls[0]?.path).toContain('alt=sse');
});

describe('a client that leaves', () => {
  const closes = (upstream: Awaited<ReturnType<typeof startUpstream>>) => {
    let open = 0;
    let closed = 0;
    upstream.server.on('request', (_, response) => {
      open++;
      response.on('close', () => closed++);
    });
    return () => open > 0 && open === closed;
  };

  test.each([
    ['before there are headers', (() => {}) as Script, false],
    ['in the middle of a stream', streamed([chunk({ content: 'partial' })], { end: false }), true],
  ])('%s ends the request to the upstream within 200 ms and cooldowns nobody', async (_, script, begins) => {
    const upstream = await startUpstream(script);
    const allClosed = closes(upstream);
    const world = await gatewayWorld(provider(upstream.url, ['a']));
    const leave = async (attempt: number): Promise<number> => {
      const controller = new AbortController();
      const asked = world.ask(
        '/v1/chat/completions',
        { model: 'm', stream: true, messages: [user] },
        {},
        controller.signal,
      );
      if (begins) await (await asked).body!.getReader().read();
      else await eventually(() => upstream.calls.length === attempt);
      const left = performance.now();
      controller.abort();
      await asked.catch(() => {});
      await eventually(allClosed);
      return performance.now() - left;
    };
    let tookMs = Number.POSITIVE_INFINITY;
    // A machine that is busy with other work may need several attempts.
    for (let attempt = 1; tookMs >= 200 && attempt <= 20; attempt += 1) tookMs = await leave(attempt);
    expect(tookMs).toBeLessThan(200);
    upstream.play(responses);
    expect((await world.chat()).status).toBe(200);
  });

  test('while it waits for a further round ends the waiting', async () => {
    const upstream = await startUpstream(fails(503));
    const world = await gatewayWorld(provider(upstream.url, ['a'], { 'request-retry': 5 }));
    const controller = new AbortController();
    const asked = world.ask('/v1/chat/completions', { model: 'm', messages: [user] }, {}, controller.signal);
    await eventually(() => world.lines.some((line) => line.includes('503')));
    controller.abort();
    await asked.catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
    world.clock.advance(60_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(upstream.calls).toHaveLength(1);
  });
});

test('a sign of life is given to a client whose stream is silent for 15 s', async () => {
  const upstream = await startUpstream(streamed([chunk({ content: 'partial' })], { end: false }));
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const reader = (await world.chat({ stream: true })).body!.getReader();
  await reader.read();
  world.clock.advance(15_000);
  expect(Buffer.from((await reader.read()).value!).toString()).toMatch(/^: /);
});

test.each([
  [3, 3_000],
  [100_000_000, 2 ** 31 - 1],
])('streaming.keepalive-seconds %i is its interval', async (seconds, ms) => {
  const upstream = await startUpstream(streamed([chunk({ content: 'partial' })], { end: false }));
  const config = { streaming: { 'keepalive-seconds': seconds } };
  const world = await gatewayWorld(provider(upstream.url, ['a'], config));
  const reader = (await world.chat({ stream: true })).body!.getReader();
  await reader.read();
  const next = reader.read();
  world.clock.advance(ms);
  expect(Buffer.from((await next).value!).toString()).toMatch(/^: /);
});

test('a negative streaming.keepalive-seconds gives no sign of life', async () => {
  const upstream = await startUpstream(streamed([chunk({ content: 'partial' })], { end: false }));
  const world = await gatewayWorld(provider(upstream.url, ['a'], { streaming: { 'keepalive-seconds': -1 } }));
  const response = await world.chat({ stream: true });
  const reader = response.body!.getReader();
  await reader.read();
  world.clock.advance(3_600_000);
  upstream.server.closeAllConnections();
  const rest = await reader.read().catch(() => ({ value: undefined }));
  expect(Buffer.from(rest.value ?? '').toString()).not.toMatch(/^: /m);
});

test('a change of the config breaks no stream', async () => {
  let release = () => {};
  const upstream = await startUpstream(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chunk({ content: 'partial' }));
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    response.end(chunk({}, 'stop') + done);
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const response = await world.chat({ stream: true });
  world.change({ 'api-keys': ['other'] });
  release();
  expect(await response.text()).toBe(chunk({ content: 'partial' }) + chunk({}, 'stop') + done);
});

test('the end of the program is reported in streams that still run, and new requests are rejected', async () => {
  const upstream = await startUpstream(streamed([chunk({ content: 'partial' })], { end: false }));
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const response = await world.chat({ stream: true });
  const closed = world.gateway.close({ graceMs: 2_000 });
  expect((await world.chat()).status).toBe(503);
  world.clock.advance(2_000);
  await closed;
  expect(await response.text()).toMatch(/partial.*"error":.*shutting down/s);
});

test('a client that does not read holds the upstream back', async () => {
  let written = 0;
  const big = chunk({ content: 'x'.repeat(64 * 1024) });
  const upstream = await startUpstream(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (let index = 0; index < 800 && !response.destroyed; index++) {
      written++;
      if (!response.write(big)) await drainOrClose(response);
    }
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const socket = net.connect(world.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.pause();
  const body = JSON.stringify({ model: 'm', stream: true, messages: [user] });
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ck\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await eventually(() => written > 0);
  let before = -1;
  while (before !== written) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  socket.destroy();
  // Sockets of the system take a few MiB themselves.
  expect(written * big.length).toBeLessThan(24 * 1024 * 1024);
});

test('count_tokens is estimated, and says so, where the upstream does not count', async () => {
  const upstream = await startUpstream(responses);
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const response = await world.ask('/v1/messages/count_tokens', { model: 'm', messages: [user] });
  expect(await response.json()).toEqual({ input_tokens: expect.any(Number), estimated: true });
  expect(upstream.calls).toHaveLength(0);
});

test('requests are counted once, by how they end', async () => {
  const upstream = await startUpstream(
    inOrder(fails(500), (_, response) => sendJson(response, 200, chatAnswer()), fails(400)),
  );
  const world = await gatewayWorld(provider(upstream.url, ['a-key-0001', 'b-key-0002']));
  await world.chat();
  await world.chat();
  expect(world.usage.totals()).toEqual({ total_requests: 2, success_count: 1, failure_count: 1, total_tokens: 10 });
  const [detail] = world.usage.statistics().apis.ck!.models.m!.details;
  expect(detail).toMatchObject({ source: 'b-ke...0002', failed: false });
  const rows = Object.values(world.gateway.keyUsage().compat!).map(({ success, failed }) => [success, failed]);
  expect(rows).toEqual([
    [0, 1],
    [1, 1],
  ]);
});
