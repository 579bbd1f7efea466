// Reserves 200 requests at once on a limit of 50, in a process of its own: forked by tests that kill it.
// Says `granted` for each that may go out.
import { createLogger } from '../../src-main/lib/logger.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { SqliteStorage } from '../../src-main/storage/sqlite-storage.ts';

const [, , file = '', client = ''] = process.argv;
const window = { per: 'day', startsAt: 0 } as const;
const storage = new SqliteStorage({ file, clock: systemClock, log: createLogger(() => {}, 'burst') });
// The thread of the database does not keep a program running.
const running = setInterval(() => {}, 1_000);
await Promise.all(
  Array.from({ length: 200 }, async () => {
    const refusal = await storage.counters.reserve(client, [window], [{ ...window, metric: 'requests', max: 50 }]);
    if (refusal.length === 0) process.stdout.write('granted\n');
  }),
);
await storage.close();
clearInterval(running);
