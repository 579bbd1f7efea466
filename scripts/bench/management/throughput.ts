// How much of plain Node's speed is left for a management read with a hashed key.
import { type Measurement, median } from '../figures.ts';
import { fetchOnce, requestBytes, saturate } from '../http-load.ts';
import { keyHeader, startBareServer, startServer } from '../processes.ts';

const connections = 16;
const rounds = 5;
const roundMs = 2000;
const bytes = requestBytes({ path: '/v0/management/debug', headers: keyHeader });

export const throughput: Measurement = {
  title: `GET /debug, ${connections} connections`,
  async run() {
    const server = await startServer();
    const bare = await startBareServer(await fetchOnce(server.port, bytes));
    try {
      const rate = (port: number, ms: number) =>
        saturate({ port, bytes, connections, until: (_, spent) => spent >= ms });
      await Promise.all([rate(server.port, 1000), rate(bare.port, 1000)]);
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(await rate(server.port, roundMs));
        theirs.push(await rate(bare.port, roundMs));
      }
      // Pairs of rounds, so that whatever else the machine does meets both alike.
      const ratios = ours.map((one, round) => one / (theirs[round] ?? Number.NaN));
      const note = `${median(ours).toFixed(0)} against ${median(theirs).toFixed(0)} requests/s`;
      return [{ name: 'of bare node:http', value: median(ratios), goal: { atLeast: 0.4 }, note }];
    } finally {
      await Promise.all([server.stop(), bare.stop()]);
    }
  },
};
