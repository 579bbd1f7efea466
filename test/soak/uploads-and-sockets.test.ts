// Uploads and WebSockets by the dozen and the thousand at the built gateway, and what they cost it in memory.
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { residentMb, type Subject, startServer } from '../../scripts/bench/processes.ts';

const [uploads, uploadBytes] = [20, 25 * 1024 * 1024];
const sockets = 1_000;
const socketsPerKey = 250;
const keys = Array.from({ length: sockets / socketsPerKey }, (_, index) => `ck-${index}`);

const upstream = http.createServer((request, response) => {
  let received = 0;
  request.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  request.on('end', () => response.setHeader('content-type', 'application/json').end(JSON.stringify({ received })));
});

beforeAll(async () => {
  await once(upstream.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});

/** What one test leaves behind must not count as what the next one costs. */
async function startGateway(): Promise<Subject> {
  const { port } = upstream.address() as AddressInfo;
  const gateway = await startServer({
    config: `api-keys: ${JSON.stringify(keys)}
codex-api-key:
  - api-key: up
    base-url: http://127.0.0.1:${port}/v1
`,
  });
  onTestFinished(() => gateway.stop());
  return gateway;
}

const head = (model: string) =>
  `--b\r\nContent-Disposition: form-data; name="model"\r\n\r\n${model}\r\n` +
  '--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n';
const tail = '\r\n--b--\r\n';

async function* form(bytes: number): AsyncGenerator<Buffer> {
  yield Buffer.from(head('whisper-1'));
  const piece = Buffer.alloc(64 * 1024);
  for (let left = bytes; left > 0; left -= piece.length) yield piece.subarray(0, left);
  yield Buffer.from(tail);
}

async function upload({ port }: Subject, bytes: number): Promise<unknown> {
  const headers = { authorization: `Bearer ${keys[0]}`, 'content-type': 'multipart/form-data; boundary=b' };
  const path = '/v1/audio/transcriptions';
  const request = http.request({ port, host: '127.0.0.1', path, method: 'POST', headers });
  const [[response]] = await Promise.all([once(request, 'response'), pipeline(form(bytes), request)]);
  return json(response);
}

/** The most that the gateway has in memory while `work` goes on, above what it had before. */
async function growthOf({ pid }: Subject, work: () => Promise<unknown>): Promise<number> {
  const before = residentMb(pid);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentMb(pid));
  }, 20);
  await work().finally(() => clearInterval(watch));
  return Math.max(peak, residentMb(pid)) - before;
}

test('a thousand idle WebSockets cost at most 30 MB', { timeout: 120_000 }, async () => {
  const gateway = await startGateway();
  const open: WebSocket[] = [];
  const connect = async (key: string | undefined) => {
    const headers = { authorization: `Bearer ${key}` };
    const socket = new WebSocket(`ws://127.0.0.1:${gateway.port}/v1/responses`, { headers, perMessageDeflate: false });
    open.push(socket);
    await once(socket, 'open');
  };
  await connect(keys[0]);
  const growth = await growthOf(gateway, async () => {
    for (let count = 1; count < sockets; count++) await connect(keys[Math.floor(count / socketsPerKey)]);
  });
  console.log(`${sockets} sockets: ${growth.toFixed(1)} MB more`);
  expect(growth).toBeLessThanOrEqual(30);
  for (const socket of open) socket.terminate();
});

test('twenty uploads of 25 MB side by side cost at most 40 MB', { timeout: 120_000 }, async () => {
  const gateway = await startGateway();
  await upload(gateway, uploadBytes);
  const whole = uploadBytes + head('whisper-1').length + tail.length;
  const growth = await growthOf(gateway, async () => {
    const answers = await Promise.all(Array.from({ length: uploads }, () => upload(gateway, uploadBytes)));
    expect(answers).toEqual(answers.map(() => ({ received: whole })));
  });
  console.log(`${uploads} uploads: ${growth.toFixed(1)} MB more`);
  expect(growth).toBeLessThanOrEqual(40);
});
