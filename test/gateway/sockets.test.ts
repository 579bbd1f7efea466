// A client on a WebSocket that sends and does not read.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { SocketServer } from '../../src-main/gateway/sockets/socket-server.ts';
import { SocketTries } from '../../src-main/gateway/sockets/upstream-connection.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';

async function connect(): Promise<WebSocket> {
  const sockets = new SocketServer({
    clock: systemClock,
    newId: (prefix) => `${prefix}1`,
    tries: new SocketTries(systemClock),
    rejection: () => undefined,
    conversationOf: () => undefined,
    run: () => {},
  });
  const server = createServer().on('upgrade', (request, socket, head) => sockets.open(request, socket, head, 'key'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(async () => {
    client.terminate();
    await sockets.close(0);
    server.close();
  });
  await once(client, 'open');
  return client;
}

/** What the server has not read, once it reads no more. Bytes. */
async function unread(client: WebSocket): Promise<number> {
  for (let [before, same] = [-1, 0]; same < 5 && before !== 0; ) {
    same = before === client.bufferedAmount ? same + 1 : 0;
    before = client.bufferedAmount;
    await delay(200);
  }
  return client.bufferedAmount;
}

test('who pings and takes no answers is not read until he does', async () => {
  const client = await connect();
  client.pause();
  const count = 200_000;
  let answers = 0;
  client.on('pong', () => {
    answers += 1;
  });
  for (let sent = 0; sent < count; sent += 1) client.ping('p'.repeat(125));
  expect(await unread(client)).toBeGreaterThan(0);
  client.resume();
  await expect.poll(() => answers).toBe(count);
  expect(client.bufferedAmount).toBe(0);
});
