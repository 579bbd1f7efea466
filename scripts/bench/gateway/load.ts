// How much the gateway carries at 64 connections, and what the request log costs.
import { type Figure, type Measurement, median } from '../figures.ts';
import { saturate } from '../http-load.ts';
import { saturateStreams } from './stream-load.ts';
import { chatRequest, messagesRequest, startGateway, startRelay, startUpstream } from './subjects.ts';

const connections = 64;
const roundMs = 2_000;
const rounds = 3;

const json = (port: number, bytes: Buffer) =>
  saturate({ port, bytes, connections, until: (_, spent) => spent >= roundMs });
const streams = (port: number, bytes: Buffer) => saturateStreams(port, bytes, connections, roundMs);

async function repeated(run: () => Promise<number>): Promise<number> {
  await run();
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) rates.push(await run());
  return median(rates);
}

/** So that whatever else the machine does meets both alike. */
async function byTurns(one: () => Promise<number>, other: () => Promise<number>): Promise<readonly [number, number]> {
  await one();
  await other();
  const rates: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round++) rates.push([await one(), await other()]);
  return [median(rates.map(([rate]) => rate)), median(rates.map(([, rate]) => rate))];
}

export const load: Measurement = {
  title: `Gateway: requests per second, ${connections} connections`,
  async run() {
    const upstream = await startUpstream();
    const gateway = await startGateway(upstream);
    const logging = await startGateway(upstream, 'request-log: true\n');
    const relay = await startRelay(upstream);
    try {
      const direct = await repeated(() => json(upstream.port, chatRequest('up', { direct: 'fast' })));
      const [plain, bare] = await byTurns(
        () => json(gateway.port, chatRequest('fast')),
        () => json(relay.port, chatRequest('fast')),
      );
      const logged = await repeated(() => json(logging.port, chatRequest('fast')));
      const passed = await repeated(() => streams(gateway.port, chatRequest('fast', { stream: true })));
      const translated = await repeated(() => streams(gateway.port, messagesRequest('fast', { stream: true })));
      const figures: Figure[] = [
        {
          name: 'JSON',
          value: plain,
          unit: '/s',
          goal: { atLeast: 4_000 },
          note: `upstream alone ${direct.toFixed(0)}/s`,
        },
        {
          name: 'JSON, of the rate of a bare relay',
          value: (100 * plain) / bare,
          unit: '%',
          goal: { atLeast: 75 },
          note: `bare relay ${bare.toFixed(0)}/s`,
        },
        { name: 'JSON with request log, of that', value: (100 * logged) / plain, unit: '%', goal: { atLeast: 75 } },
        { name: 'streams of 40 chunks', value: passed, unit: '/s' },
        { name: 'translated streams', value: translated, unit: '/s', goal: { atLeast: 1_800 } },
      ];
      return figures;
    } finally {
      await Promise.all([gateway.stop(), logging.stop(), relay.stop(), upstream.stop()]);
    }
  },
};
