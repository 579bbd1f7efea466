// Connections to upstreams: kept ones that the server closes, and interim responses.
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { chatAnswer, gatewayWorld, provider } from './support/gateway-world.ts';

const body = JSON.stringify(chatAnswer());
const whole = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

/** `answer` is called for each request, with its number on its connection, from 1. */
async function rawUpstream(answer: (socket: Socket, onConnection: number) => unknown) {
  const seen = { requests: 0, connections: 0 };
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    seen.connections += 1;
    let onConnection = 0;
    let received = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      received += bytes;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? Number.NaN);
      if (received.length < received.indexOf('\r\n\r\n') + 4 + length) return;
      received = '';
      seen.requests += 1;
      answer(socket, ++onConnection);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

test.each([
  ['ends', (socket: Socket) => socket.end()],
  ['resets', (socket: Socket) => socket.resetAndDestroy()],
])(
  'a kept connection that the server %s as the next request goes out is made good on a fresh one',
  async (_, close) => {
    const { url, seen } = await rawUpstream((socket, onConnection) => {
      if (onConnection > 1) close(socket);
      else socket.write(whole);
    });
    const world = await gatewayWorld(provider(url, ['a']));
    const large = 'x'.repeat(300_000);
    for (const content of ['first', 'second', large]) {
      const response = await world.chat({ messages: [{ role: 'user', content }] });
      expect([response.status, await response.json()]).toEqual([200, chatAnswer()]);
    }
    expect(seen.requests).toBeGreaterThan(3);
    expect(seen.requests).toBeLessThanOrEqual(5);
  },
);

test('it is sent again once at most, and not when a byte of the response has come, or the connection was new', async () => {
  const { url, seen } = await rawUpstream((socket) => {
    if (seen.requests === 1) socket.write(whole);
    else if (seen.requests === 3) socket.write(whole);
    else if (seen.requests === 4) socket.end('HTTP/1.1 200 OK\r\ncontent-ty');
    else socket.end();
  });
  const world = await gatewayWorld(provider(url, ['a'], { 'disable-cooling': true }));
  const status = async () => (await world.chat()).status;
  expect(await status()).toBe(200);
  expect(await status()).toBe(200);
  expect(seen.requests).toBe(3);
  expect(await status()).toBe(502);
  expect(seen.requests).toBe(4);
  expect(await status()).toBe(502);
  expect(seen.requests).toBe(5);
});

test('a request whose new connection is reset is not sent again', async () => {
  const { url, seen } = await rawUpstream((socket) => socket.resetAndDestroy());
  const world = await gatewayWorld(provider(url, ['a']));
  expect((await world.chat()).status).toBe(502);
  expect(seen.requests).toBe(1);
});

const interim = {
  'a 100': ['HTTP/1.1 100 Continue\r\n\r\n'],
  'two of them and a 103': [
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n',
    'HTTP/1.1 100 Continue\r\nx: y\r\n\r\n',
  ],
  'one in pieces': ['HTT', 'P/1.1 100 Cont', 'inue\r\n\r', '\n'],
  nothing: [],
};

test.each(Object.entries(interim))('an upstream that sends %s before its response is understood', async (_, before) => {
  const { url } = await rawUpstream(async (socket) => {
    socket.setNoDelay(true);
    for (const piece of before) {
      socket.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const middle = whole.length - 30;
    socket.write(whole.slice(0, middle));
    await new Promise((resolve) => setTimeout(resolve, 5));
    socket.write(whole.slice(middle));
  });
  const world = await gatewayWorld(provider(url, ['a']));
  for (let round = 0; round < 3; round++) expect(await (await world.chat()).json()).toEqual(chatAnswer());
});
