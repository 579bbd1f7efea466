// Resident memory of the built server when idle and after work, beside that of Node alone.
import { setTimeout as delay } from 'node:timers/promises';
import type { Measurement } from '../figures.ts';
import { fetchOnce, requestBytes, saturate } from '../http-load.ts';
import { keyHeader, residentMb, startBareServer, startServer } from '../processes.ts';

const idleMs = 5000;
const requests = 10_000;
const bytes = requestBytes({ path: '/v0/management/config', headers: keyHeader });

export const memory: Measurement = {
  title: 'Resident memory',
  async run() {
    const server = await startServer();
    await delay(idleMs);
    const atRest = residentMb(server.pid);
    const bare = await startBareServer(await fetchOnce(server.port, bytes));
    try {
      await delay(idleMs);
      const bareAtRest = residentMb(bare.pid);
      for (const { port } of [server, bare]) {
        await saturate({ port, bytes, connections: 16, until: (answered) => answered >= requests });
      }
      const note = (mb: number) => `bare Node ${mb.toFixed(0)} MB`;
      return [
        { name: '5 s after ready', value: atRest, unit: 'MB', goal: { atMost: 80 }, note: note(bareAtRest) },
        {
          name: 'after 10,000 requests',
          value: residentMb(server.pid),
          unit: 'MB',
          goal: { atMost: 120 },
          note: note(residentMb(bare.pid)),
        },
      ];
    } finally {
      await Promise.all([server.stop(), bare.stop()]);
    }
  },
};
