// Clients that leave by the thousand leave nothing behind.
import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import {
  eventually,
  fails,
  gatewayWorld,
  inOrder,
  provider,
  type Script,
  startUpstream,
} from './support/gateway-world.ts';

const begun: Script = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('data: {"id":"c1","choices":[{"index":0,"delta":{"content":"partial"}}]}\n\n');
};
const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'U' }] });
const bytes = `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ck\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

async function discard(port: number, begins: boolean): Promise<void> {
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  if (begins) await once(socket, 'data');
  else await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
  await once(socket, 'close');
}

const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

test.each([
  ['before there are headers', (() => {}) as Script, false],
  ['in the middle of a stream', begun, true],
  ['while a further round is waited for', inOrder(fails(503)), false],
])('a thousand clients that leave %s', async (_, script, begins) => {
  const upstream = await startUpstream(script);
  let open = 0;
  upstream.server.on('request', (__, response) => {
    open++;
    response.on('close', () => open--);
  });
  const world = await gatewayWorld(provider(upstream.url, ['a'], { 'request-retry': 3 }));
  const run = async (count: number) => {
    for (let done = 0; done < count; done += 50) {
      await Promise.all(Array.from({ length: 50 }, () => discard(world.port, begins)));
    }
    await eventually(() => open === 0);
  };
  await run(100);
  const before = sockets();
  await run(900);
  await eventually(() => sockets() <= before + 4);
  expect(open).toBe(0);
});
