// Bodies that are compressed, too large, broken off, or not what they seem to be.
import { request as httpRequest } from 'node:http';
import zlib from 'node:zlib';
import { expect, test } from 'vitest';
import {
  chatAnswer,
  fails,
  gatewayWorld,
  inOrder,
  provider,
  responses,
  type Script,
  sendJson,
  startUpstream,
} from './support/gateway-world.ts';

const chunk = (delta: unknown, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const stream = `${chunk({ content: 'fine' })}${chunk({}, 'stop')}data: [DONE]\n\n`;

const messages = [{ role: 'user', content: 'U' }];
const paths = ['/v1/chat/completions', '/v1/messages'];

const packers = {
  gzip: zlib.gzipSync,
  deflate: zlib.deflateSync,
  br: zlib.brotliCompressSync,
  zstd: zlib.zstdCompressSync,
};

test.each(Object.entries(packers))('answers that the upstream packs as %s are decompressed', async (encoding, pack) => {
  const upstream = await startUpstream((seen, response) => {
    const type = seen.body.stream ? 'text/event-stream' : 'application/json';
    response.writeHead(200, { 'content-type': type, 'content-encoding': encoding });
    response.end(pack(seen.body.stream ? stream : JSON.stringify(chatAnswer())));
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  for (const path of paths) {
    for (const isStream of [false, true]) {
      const response = await world.ask(path, { model: 'm', max_tokens: 9, stream: isStream, messages });
      expect([response.status, response.headers.get('content-encoding')]).toEqual([200, null]);
      const text = await response.text();
      expect(text).toContain('fine');
      expect(text).not.toContain('"error"');
    }
  }
});

test('a compressed piece reaches the client before the stream ends', async () => {
  const upstream = await startUpstream((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
    const gzip = zlib.createGzip();
    gzip.pipe(response);
    gzip.write(chunk({ content: 'early' }));
    gzip.flush();
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const left = new AbortController();
  const response = await world.ask(
    '/v1/messages',
    { model: 'm', max_tokens: 9, stream: true, messages },
    {},
    left.signal,
  );
  let seen = '';
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (!seen.includes('early')) seen += (await reader?.read())?.value;
  left.abort();
});

test('an error keeps its status when its explanation breaks off or is compressed', async () => {
  const upstream = await startUpstream(
    inOrder(
      (_, response) => {
        response.writeHead(422, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"error":');
        setImmediate(() => response.destroy());
      },
      (_, response) => {
        response.writeHead(422, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
        response.end(zlib.gzipSync('{"error":{"message":"the field xyz"}}'));
      },
    ),
  );
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  expect((await world.chat()).status).toBe(422);
  const compressed = await world.chat();
  expect([compressed.status, await compressed.text()]).toEqual([422, expect.stringContaining('the field xyz')]);
});

test('a response too large to translate is an error, and is not kept', async () => {
  const piece = Buffer.alloc(1024 * 1024, 'x');
  const upstream = await startUpstream(async (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"choices":[{"message":{"content":"');
    for (let sent = 0; sent < 80 && !response.destroyed; sent++) {
      await new Promise<void>((resolve) => response.write(piece, () => resolve()));
    }
    response.end('"},"finish_reason":"stop"}]}');
  });
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const response = await world.ask('/v1/messages', { model: 'm', max_tokens: 9, messages });
  expect([response.status, await response.text()]).toEqual([502, expect.stringContaining('too large')]);
});

test.each([true, false])('a client that sends too much is told so while it sends (length told: %s)', async (told) => {
  const world = await gatewayWorld({});
  const piece = Buffer.alloc(1024 * 1024, ' ');
  const pieces = 70;
  const status = await new Promise<number>((resolve, reject) => {
    const call = httpRequest({
      port: world.port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer ck', ...(told ? { 'content-length': pieces * piece.length } : {}) },
    });
    let answered = 0;
    call.on('response', (response) => {
      answered = response.statusCode ?? 0;
      response.resume();
    });
    call.on('error', reject).on('close', () => resolve(answered));
    let sent = 0;
    const send = () => (sent++ < pieces ? call.write(piece, send) : call.end());
    send();
  });
  expect(status).toBe(413);
});

test('a redirect is not followed, and told as what it is', async () => {
  const upstream = await startUpstream((_, response) =>
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  );
  const world = await gatewayWorld(provider(upstream.url, ['a']));
  const response = await world.chat();
  expect([response.status, await response.text()]).toEqual([502, expect.stringContaining('302')]);
});

test('a used-up quota comes with a time to ask again, also when the upstream named none', async () => {
  const upstream = await startUpstream(fails(429));
  const world = await gatewayWorld(provider(upstream.url, ['a', 'b']));
  const first = await world.chat();
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '1']);
  world.clock.advance(1_000);
  const second = await world.chat();
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '2']);
});

test('JSON that is no response of the format is none: the next key is asked', async () => {
  const odd: Script = (_, response) => sendJson(response, 200, { detail: 'Please sign in' });
  const upstream = await startUpstream(inOrder(odd, responses));
  const world = await gatewayWorld(provider(upstream.url, ['a', 'b']));
  expect(await (await world.chat()).json()).toEqual(chatAnswer());
  upstream.play(odd);
  expect((await world.chat()).status).toBe(502);
});
