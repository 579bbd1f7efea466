// What the history of requests, policies, affinity and chains cost each request.
import { type Figure, type Measurement, median } from '../figures.ts';
import { saturate } from '../http-load.ts';
import type { Subject } from '../processes.ts';
import { chatRequest, clientKey, startGateway, startUpstream } from './subjects.ts';

const manyConnections = 64;
const roundMs = 2_000;
const rounds = 5;

const withoutHistory = 'request-history: { enabled: false }\n';
const policy = `client-policies: [{ api-key: ${clientKey}, limits: [{ requests: 100000000, per: month }] }]\n`;
const chain = 'model-chains: { best: [fast, busy] }\n';

interface Side {
  readonly gateway: Subject;
  readonly bytes: Buffer;
}

/** Requests a second of each, in turns: whatever else the machine does meets all alike. */
async function ratesOf(sides: readonly Side[], connections: number): Promise<readonly number[]> {
  const all = sides.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { gateway, bytes }] of sides.entries()) {
      const rate = await saturate({ port: gateway.port, bytes, connections, until: (_, spent) => spent >= roundMs });
      if (round > 0) all[index]?.push(rate);
    }
  }
  return all.map(median);
}

export const features: Measurement = {
  title: 'Gateway: what the history, policies, affinity and chains cost',
  async run() {
    const upstream = await startUpstream();
    const [off, history, limited] = await Promise.all([
      startGateway(upstream, withoutHistory + chain),
      startGateway(upstream),
      startGateway(upstream, withoutHistory + policy),
    ]);
    const plain = chatRequest('fast');
    try {
      const [without = 1, kept = 1] = await ratesOf(
        [
          { gateway: off, bytes: plain },
          { gateway: history, bytes: plain },
        ],
        manyConnections,
      );
      const [base = 1, policies = 1, affinity = 1, chains = 1] = await ratesOf(
        [
          { gateway: off, bytes: plain },
          { gateway: limited, bytes: plain },
          { gateway: off, bytes: chatRequest('fast', { headers: { 'x-session-id': 'one' } }) },
          { gateway: off, bytes: chatRequest('best') },
        ],
        1,
      );
      const added = (rate: number) => 1000 / rate - 1000 / base;
      const note = `${(1000 / base).toFixed(3)} ms without`;
      const figures: Figure[] = [
        {
          name: `history, of the rate at ${manyConnections} connections`,
          value: 100 * (1 - kept / without),
          unit: '%',
          goal: { atMost: 3 },
          note: `${without.toFixed(0)}/s without`,
        },
        { name: 'a policy with a limit', value: added(policies), unit: 'ms', goal: { atMost: 0.05 }, note },
        { name: 'affinity by a session', value: added(affinity), unit: 'ms', goal: { atMost: 0.05 }, note },
        { name: 'a chain of two models', value: added(chains), unit: 'ms', goal: { atMost: 0.05 }, note },
      ];
      return figures;
    } finally {
      await Promise.all([off.stop(), history.stop(), limited.stop(), upstream.stop()]);
    }
  },
};
