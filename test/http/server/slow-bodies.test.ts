// Bodies of requests that come slowly, or no more.
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { SlowBodies } from '../../../src-main/http/server/slow-bodies.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** A client in the middle of the body of a request, which is read as it comes unless `reads` is false. */
async function upload(reads = true) {
  const clock = new FakeClock(0);
  const bodies = new SlowBodies(clock);
  let received = 0;
  const server = http.createServer((request) => {
    bodies.watch(request);
    if (reads)
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
      });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const client = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  client.on('error', () => {});
  const closed = once(client, 'close');
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  client.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n');
  const [request] = (await once(server, 'request')) as [IncomingMessage];
  const send = async (text: string) => {
    const before = received;
    client.write(text);
    if (reads) await expect.poll(() => received).toBe(before + text.length);
    else await expect.poll(() => request.readableLength).toBe(text.length);
  };
  const pass = (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 10) clock.advance(10_000);
  };
  return { client, closed, request, send, pass };
}

test('a body may take any time as long as something comes', async () => {
  const { request, send, pass } = await upload();
  for (let piece = 0; piece < 5; piece++) {
    await send('a');
    pass(110);
  }
  expect(request.socket.destroyed).toBe(false);
});

test('a connection is closed when nothing comes for two minutes', async () => {
  const { request, closed, send, pass } = await upload();
  await send('a');
  pass(130);
  expect(request.socket.destroyed).toBe(true);
  await closed;
});

test('a body that is not read because its upstream is slow waits as long as it must', async () => {
  const { request, send, pass } = await upload(false);
  await send('abc');
  pass(1_000);
  expect(request.socket.destroyed).toBe(false);
});

test('silence behind a complete body is no matter', async () => {
  const { request, send, pass } = await upload();
  await send('0123456789');
  await expect.poll(() => request.complete).toBe(true);
  pass(1_000);
  expect(request.socket.destroyed).toBe(false);
});
