// What one request at a time costs through the gateway, beside the upstream alone.
import { type Figure, type Measurement, median, percentile } from '../figures.ts';
import { Connection } from '../http-load.ts';
import { readStream } from './stream-load.ts';
import { chatRequest, messagesRequest, startGateway, startRelay, startUpstream } from './subjects.ts';

const rounds = 5;

/** Milliseconds of each of `count` requests, one after the other on one connection. */
async function times(port: number, bytes: Buffer, count: number): Promise<readonly number[]> {
  const connection = await Connection.open(port);
  const spent: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    const { status } = await connection.request(bytes);
    if (status !== 200) throw new Error(`answer ${status} instead of 200`);
    spent.push(performance.now() - started);
  }
  connection.close();
  return spent;
}

async function firstBytes(port: number, bytes: Buffer, count: number): Promise<readonly number[]> {
  const spent: number[] = [];
  for (let index = 0; index < count; index++) spent.push((await readStream(port, bytes)).first);
  return spent;
}

type Sample = () => Promise<readonly number[]>;

/** In milliseconds. */
interface Compared {
  readonly added: number;
  readonly addedP95: number;
  /** Of ours alone. */
  readonly p99: number;
  readonly note: string;
}

/** Both by turns, so that whatever else the machine does meets both alike. */
async function compared(ours: Sample, theirs: Sample): Promise<Compared> {
  await ours();
  await theirs();
  const pairs: { ours: readonly number[]; theirs: readonly number[] }[] = [];
  for (let round = 0; round < rounds; round++) pairs.push({ theirs: await theirs(), ours: await ours() });
  const added = (share: number) =>
    median(pairs.map((pair) => percentile(pair.ours, share) - percentile(pair.theirs, share)));
  const of = (list: readonly (readonly number[])[]) => median(list.map(median)).toFixed(2);
  const note = `${of(pairs.map((pair) => pair.ours))} against ${of(pairs.map((pair) => pair.theirs))} ms`;
  const p99 = median(pairs.map((pair) => percentile(pair.ours, 0.99)));
  return { added: added(0.5), addedP95: added(0.95), p99, note };
}

export const latency: Measurement = {
  title: 'Gateway: one request at a time, milliseconds added to the upstream alone',
  async run() {
    const upstream = await startUpstream();
    const gateway = await startGateway(upstream);
    const relay = await startRelay(upstream);
    const figures: Figure[] = [];
    const add = async (name: string, ours: Sample, theirs: Sample, atMost: number) => {
      const { added, note } = await compared(ours, theirs);
      figures.push({ name: `${name}, median`, value: added, unit: 'ms', goal: { atMost }, note });
    };
    const direct = (count: number, size: number) => () =>
      times(upstream.port, chatRequest('up', { direct: 'fast', size }), count);
    const through = (count: number, bytes: Buffer) => () => times(gateway.port, bytes, count);
    try {
      const { added: bare } = await compared(() => times(relay.port, chatRequest('fast'), 400), direct(400, 1_000));
      const { added, addedP95, p99, note } = await compared(through(400, chatRequest('fast')), direct(400, 1_000));
      figures.push(
        { name: 'JSON, 1 kB, median', value: added, unit: 'ms', goal: { atMost: 0.4 }, note },
        { name: 'JSON, 1 kB, p95', value: addedP95, unit: 'ms', goal: { atMost: 1 } },
        { name: 'JSON, 1 kB, p99 in all', value: p99, unit: 'ms', goal: { atMost: 1 } },
        {
          name: 'JSON, 1 kB, times a bare relay',
          value: added / bare,
          goal: { atMost: 1.5 },
          note: `a bare relay adds ${bare.toFixed(2)} ms`,
        },
      );
      await add(
        'stream of 40 chunks, first byte',
        () => firstBytes(gateway.port, chatRequest('fast', { stream: true }), 150),
        () => firstBytes(upstream.port, chatRequest('up', { stream: true, direct: 'fast' }), 150),
        0.4,
      );
      await add(
        'translated stream, first byte',
        () => firstBytes(gateway.port, messagesRequest('fast', { stream: true }), 150),
        () => firstBytes(upstream.port, chatRequest('up', { stream: true, direct: 'fast' }), 150),
        0.8,
      );
      await add('560 kB body', through(40, chatRequest('fast', { size: 560_000 })), direct(40, 560_000), 3);
      await add('5 MB body', through(10, chatRequest('fast', { size: 5_000_000 })), direct(10, 5_000_000), 5);
      await add(
        '560 kB body, translated',
        through(40, messagesRequest('fast', { size: 560_000 })),
        direct(40, 560_000),
        12,
      );
      await add(
        '5 MB body, translated',
        through(10, messagesRequest('fast', { size: 5_000_000 })),
        direct(10, 5_000_000),
        45,
      );
      await add('fail-over of one 429', through(300, chatRequest('second')), through(300, chatRequest('fast')), 1);
      return figures;
    } finally {
      await Promise.all([gateway.stop(), relay.stop(), upstream.stop()]);
    }
  },
};
