// Memory for responses that wait: for their end, for a check, or for a client that is slow.
import net from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { HeldBytes } from '../../src-main/gateway/bytes/held-bytes.ts';
import {
  chatAnswer,
  drainOrClose,
  eventually,
  gatewayWorld,
  provider,
  type Script,
  startUpstream,
} from './support/gateway-world.ts';

const MiB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in buffers that somebody still holds. */
function bufferBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

test('ordinary responses need no share, and what is given back can be had by others', () => {
  const [first, second] = [new HeldBytes(), new HeldBytes()];
  first.set(5 * MiB);
  second.set(60 * 1024);
  expect([first.isCrowded, second.isCrowded]).toEqual([true, false]);
  first.set(3 * MiB);
  second.set(3 * MiB);
  expect([first.isCrowded, second.isCrowded]).toEqual([false, false]);
  first.set(4 * MiB);
  second.set(4.5 * MiB);
  expect(first.isCrowded).toBe(true);
  second.set(0);
  expect(first.isCrowded).toBe(false);
  first.set(0);
});

test('whole responses have a limit each, and one together', () => {
  const shares = Array.from({ length: 5 }, () => new HeldBytes());
  for (const share of shares) share.set(60 * MiB);
  expect(shares[0]?.excess).toBe('too-many');
  shares[0]?.set(0);
  expect(shares[1]?.excess).toBeUndefined();
  shares[1]?.set(65 * MiB);
  expect(shares[1]?.excess).toBe('too-large');
  for (const share of shares) share.set(0);
});

/** Chunks of a chat stream, 1 MiB each, until the connection is closed. */
const endlessStream: Script = async (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const chunk = `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content: 'x'.repeat(MiB) } }] })}\n\n`;
  while (!response.destroyed) if (!response.write(chunk)) await drainOrClose(response);
};

test.each(['/v1/messages', '/v1/chat/completions'])(
  'a stream without end for a plain request at %s is an error in words, asked of nobody else',
  async (path) => {
    const upstream = await startUpstream(endlessStream);
    const world = await gatewayWorld(provider(upstream.url, ['a', 'b']));
    const messages = [{ role: 'user', content: 'U' }];
    const response = await world.ask(path, { model: 'm', max_tokens: 9, messages });
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('too large to be translated');
    expect(upstream.calls).toHaveLength(1);
    upstream.play((_, answer) =>
      answer.setHeader('content-type', 'application/json').end(JSON.stringify(chatAnswer())),
    );
    expect((await world.chat()).status).toBe(200);
  },
  60_000,
);

test('plain responses for clients that do not read hold their upstreams back', async () => {
  let written = 0;
  const piece = Buffer.alloc(256 * 1024, 'a');
  const upstream = await startUpstream(async (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"choices":[],"x":"');
    while (!response.destroyed && written < 400 * MiB) {
      written += piece.length;
      if (!response.write(piece)) await drainOrClose(response);
    }
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const before = bufferBytes();
  const body = JSON.stringify({ model: 'm', messages: [] });
  const clients = Array.from({ length: 10 }, () => net.connect(world.port, '127.0.0.1').pause());
  for (const client of clients) {
    client.on('error', () => {});
    client.write(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ck\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  }
  await eventually(() => upstream.calls.length === clients.length);
  for (let before = -1; before !== written; ) {
    before = written;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const held = bufferBytes() - before;
  for (const client of clients) client.destroy();
  // 8 MiB for all to be checked in, and what is under way to each: here, and in the test's own sockets.
  expect(held / MiB).toBeLessThan(8 + clients.length);
  // 8 MiB for all to be checked in, and sockets of the system, which take some MiB each on both sides.
  expect(written / MiB).toBeLessThan(8 + clients.length * 14);
}, 60_000);

test('a response too large to be checked passes whole, and its usage is counted', async () => {
  const answer = chatAnswer('x'.repeat(6 * MiB), { prompt_tokens: 70, completion_tokens: 30, total_tokens: 100 });
  const upstream = await startUpstream((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  expect(await (await world.chat()).json()).toEqual(answer);
  expect(world.usage.totals()).toMatchObject({ success_count: 1, total_tokens: 100 });
});

test('an event of many megabytes passes whole, though its text is too long to be counted', async () => {
  const text = 'x'.repeat(20 * MiB);
  const chunk = (delta: object, finish_reason: string | null = null) =>
    `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const stream = `${chunk({ content: text })}${chunk({ content: 'y'.repeat(40) })}${chunk({}, 'stop')}data: [DONE]\n\n`;
  const upstream = await startUpstream((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream);
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const passed = await (await world.chat({ stream: true })).text();
  expect([passed.length, passed === stream]).toEqual([stream.length, true]);
  await eventually(() => world.records.length === 1);
  expect(world.records[0]?.tokens).toMatchObject({ output: 10, estimated: true });
});
