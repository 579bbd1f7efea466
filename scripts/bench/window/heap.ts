// The window's heap over many events.
import { setTimeout as delay } from 'node:timers/promises';
import { startServer, type TestServer } from '../../../test/ui/support/server.ts';
import type { Measurement } from '../figures.ts';
import { withWindow } from './large-server.ts';

const events = 5000;
const atOnce = 50;
/** In which the last responses arrive. Milliseconds. */
const idleMs = 2000;

/** Changes a setting `count` times; each change is an event. */
async function change({ api }: TestServer, count: number): Promise<void> {
  for (let done = 0; done < count; done += atOnce) {
    const values = Array.from({ length: atOnce }, (_, index) => (done + index) % 7);
    await Promise.all(values.map((value) => api('PUT', '/request-retry', { value })));
  }
}

export const heap: Measurement = {
  title: 'Heap of the window after garbage collection',
  async run() {
    const server = await startServer('http');
    return withWindow(server, async ({ page, context }) => {
      const session = await context.newCDPSession(page);
      const used = async () => {
        await delay(idleMs);
        await session.send('HeapProfiler.collectGarbage');
        return (await session.send('Runtime.getHeapUsage')).usedSize;
      };
      // The first changes fill caches that then stay.
      await change(server, events / 10);
      const before = await used();
      await change(server, events);
      const after = await used();
      const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
      return [
        {
          name: `growth over ${events} events`,
          value: (after / before - 1) * 100,
          unit: '%',
          goal: { atMost: 10 },
          note: `${megabytes(before)} to ${megabytes(after)}`,
        },
      ];
    });
  },
};
