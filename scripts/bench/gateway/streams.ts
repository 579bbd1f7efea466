// Memory and steadiness: many slow streams, readers that do not read, clients that leave.
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Figure, type Measurement, percentile } from '../figures.ts';
import { residentMb, type Subject } from '../processes.ts';
import { readStream } from './stream-load.ts';
import { chatRequest, startGateway, startUpstream } from './subjects.ts';

const many = 1_000;
const aborts = 10_000;
const slowReaders = 100;

/** The most memory a process has while something runs. */
async function peakWhile(subject: Subject, work: Promise<unknown>): Promise<number> {
  let peak = residentMb(subject.pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMb(subject.pid));
  }, 50);
  try {
    await work;
  } finally {
    clearInterval(timer);
  }
  return peak;
}

async function manyStreams(gateway: Subject): Promise<readonly Figure[]> {
  const bytes = chatRequest('slow', { stream: true });
  const all = Promise.all(Array.from({ length: many }, () => readStream(gateway.port, bytes)));
  const peak = await peakWhile(gateway, all);
  const times = await all;
  const gaps = times.flatMap(({ gaps: list }) => list);
  return [
    {
      name: `of ${many} slow streams finished`,
      value: times.filter(({ isWhole }) => isWhole).length,
      goal: { atLeast: many },
    },
    { name: 'memory at most', value: peak, unit: 'MB', goal: { atMost: 180 } },
    { name: 'between chunks, p99', value: percentile(gaps, 0.99), unit: 'ms', goal: { atMost: 160 } },
    {
      name: 'first byte, p99',
      value: percentile(
        times.map(({ first }) => first),
        0.99,
      ),
      unit: 'ms',
    },
  ];
}

async function slow(gateway: Subject): Promise<readonly Figure[]> {
  const before = residentMb(gateway.pid);
  const bytes = chatRequest('big', { stream: true });
  const sockets = await Promise.all(
    Array.from({ length: slowReaders }, async () => {
      const socket = net.connect({ port: gateway.port, host: '127.0.0.1' });
      await once(socket, 'connect');
      socket.pause();
      socket.write(bytes);
      return socket;
    }),
  );
  const peak = await peakWhile(gateway, delay(5_000));
  for (const socket of sockets) socket.destroy();
  return [
    {
      name: `memory added by ${slowReaders} clients that do not read`,
      value: peak - before,
      unit: 'MB',
      goal: { atMost: 20 },
    },
  ];
}

/** Clients leave after the first byte, or before it. */
async function discard(gateway: Subject, upstream: Subject): Promise<readonly Figure[]> {
  const bytes = chatRequest('slow', { stream: true });
  const one = async (index: number) => {
    const socket = net.connect({ port: gateway.port, host: '127.0.0.1' });
    await once(socket, 'connect');
    socket.write(bytes);
    if (index % 2 === 0) await once(socket, 'data');
    socket.destroy();
  };
  const run = async (count: number) => {
    for (let done = 0; done < count; done += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, index) => one(done + index)));
    }
  };
  const settled = async () => {
    await delay(1_000);
    await gateway.collect();
    return residentMb(gateway.pid);
  };
  // The first ones make the process grow to the size it needs.
  await run(aborts);
  const before = await settled();
  await run(aborts);
  const after = await settled();
  const response = await fetch(`http://127.0.0.1:${upstream.port}/`);
  const { open } = (await response.json()) as { open: number };
  return [
    {
      name: `memory after ${aborts} clients that left`,
      value: (100 * after) / before,
      unit: '%',
      goal: { atMost: 105 },
      note: `${before.toFixed(0)} MB before`,
    },
    { name: 'requests left open at the upstream', value: open, goal: { atMost: 0 } },
  ];
}

export const streams: Measurement = {
  title: 'Gateway: streams',
  async run() {
    const upstream = await startUpstream();
    const gateway = await startGateway(upstream);
    const left = await startGateway(upstream, '', { watched: true });
    try {
      return [...(await manyStreams(gateway)), ...(await slow(gateway)), ...(await discard(left, upstream))];
    } finally {
      await Promise.all([gateway.stop(), left.stop(), upstream.stop()]);
    }
  },
};
