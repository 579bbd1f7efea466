// Clients by the hundred and thousand at the built gateway: those that leave, those that do not read, those that stay.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readStream } from '../../scripts/bench/gateway/stream-load.ts';
import { chatRequest, startGateway, startUpstream } from '../../scripts/bench/gateway/subjects.ts';
import { fetchOnce, requestBytes } from '../../scripts/bench/http-load.ts';
import { residentMb, type Subject } from '../../scripts/bench/processes.ts';
import { eventually } from '../gateway/support/gateway-world.ts';
import { scale } from './scale.ts';

const minutes = 60_000;
const bigAnswer = 10 * 1024 * 1024;
let upstream: Subject;
let gateway: Subject;

beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream, 'request-retry: 3\n');
});
afterAll(() => Promise.all([gateway.stop(), upstream.stop()]));

/** Requests that are open at the upstream, and large pieces it has written so far. */
async function atUpstream(): Promise<{ readonly open: number; readonly poured: number }> {
  const answer = await fetch(`http://127.0.0.1:${upstream.port}/`);
  return answer.json() as Promise<{ open: number; poured: number }>;
}

async function connect(): Promise<net.Socket> {
  const socket = net.connect({ port: gateway.port, host: '127.0.0.1' });
  await once(socket, 'connect');
  return socket;
}

/** 0 while a thousand connections at once leave no room for another. */
const statusOf = (bytes: Buffer) =>
  fetchOnce(gateway.port, bytes).then(
    ({ status }) => status,
    () => 0,
  );

/** Sockets, files and pipes of the gateway. */
const handles = () =>
  process.platform === 'linux'
    ? readdirSync(`/proc/${gateway.pid}/fd`).length
    : execFileSync('lsof', ['-p', String(gateway.pid)], { encoding: 'utf8' }).split('\n').length;

/** After the connections to the upstream that are kept for the next request have been closed too. */
async function settled(most: number): Promise<void> {
  await eventually(() => handles() <= most);
  while ((await atUpstream()).open > 0);
}

test.each([
  ['before there are headers', 'silent', false],
  ['in the middle of a stream', 'slow', true],
  ['while a further round is waited for', 'busy', false],
])(
  'clients that leave %s leave sockets, memory and handles as they were',
  { timeout: 5 * minutes },
  async (_, model, begins) => {
    const bytes = chatRequest(model, { stream: true });
    const leave = async () => {
      const socket = await connect();
      socket.write(bytes);
      if (begins) await once(socket, 'data');
      else await new Promise((resolve) => setImmediate(resolve));
      socket.destroy();
    };
    const run = async (count: number) => {
      for (let done = 0; done < count; done += 50) await Promise.all(Array.from({ length: 50 }, leave));
    };
    await run(2_000 * scale);
    const before = { handles: handles(), memory: residentMb(gateway.pid) };
    await run(2_000 * scale);
    await settled(before.handles + 5);
    expect(residentMb(gateway.pid)).toBeLessThan(before.memory + 20);
  },
);

test('clients that do not read cost little, hold nobody up, and get all of it in the end', {
  timeout: 5 * minutes,
}, async () => {
  for (let count = 0; count < 500; count++) await fetchOnce(gateway.port, chatRequest('fast'));
  const before = residentMb(gateway.pid);
  let most = before;
  const readers = await Promise.all(
    Array.from({ length: 100 * scale }, async () => {
      const socket = await connect();
      socket.pause();
      socket.write(chatRequest('big', { stream: true }));
      return socket;
    }),
  );
  // Until the upstream has been held up for a hundred answers to others.
  for (let [still, poured] = [0, -1]; still < 100; ) {
    expect((await fetchOnce(gateway.port, chatRequest('fast'))).status).toBe(200);
    most = Math.max(most, residentMb(gateway.pid));
    const now = await atUpstream();
    still = now.poured === poured ? still + 1 : 0;
    poured = now.poured;
  }
  console.log(`${readers.length} readers: ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most`);
  // What waits for each of them, and what the system has read ahead.
  expect(most - before).toBeLessThanOrEqual(20);
  const sizes = await Promise.all(
    readers.map(async (socket) => {
      let [size, end] = [0, ''];
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        size += chunk.length;
        end = (end + chunk.toString('latin1')).slice(-40);
        if (end.includes('[DONE]')) break;
      }
      return size;
    }),
  );
  expect(Math.min(...sizes)).toBeGreaterThan(bigAnswer);
});

test('a thousand slow streams at once all finish, whatever is changed in the config meanwhile', {
  timeout: 5 * minutes,
}, async () => {
  const file = path.join(gateway.folder, 'config.yaml');
  const text = readFileSync(file, 'utf8');
  const all = Promise.all(
    Array.from({ length: 1_000 * scale }, () => readStream(gateway.port, chatRequest('slow', { stream: true }))),
  );
  let isOver = false;
  void all.finally(() => {
    isOver = true;
  });
  let changes = 0;
  while (!isOver && (await atUpstream()).open < 1_000 * scale);
  while (!isOver) {
    const key = `added-while-streams-run-${++changes}`;
    const models = requestBytes({ path: '/v1/models', headers: { authorization: `Bearer ${key}` } });
    writeFileSync(file, text.replace('api-keys:\n', `api-keys:\n  - ${key}\n`).replace('/slow/', `/fast/${changes}/`));
    while (!isOver && (await statusOf(models)) !== 200);
  }
  expect((await all).filter(({ isWhole }) => !isWhole)).toEqual([]);
  expect(changes).toBeGreaterThan(3);
});
