// A history of a million requests: how long a page takes, and what it costs the program that has it open.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLogger } from '../../../src-main/lib/logger.ts';
import { systemClock } from '../../../src-main/lib/time/clock.ts';
import type { RequestFilter } from '../../../src-main/storage/ledger.ts';
import { SqliteStorage } from '../../../src-main/storage/sqlite-storage.ts';
import { storedRequest } from '../../../test/storage/stored-request.ts';
import { type Figure, type Measurement, median } from '../figures.ts';

const records = 1_000_000;
const batch = 5_000;
const rounds = 11;
const mebibyte = 1024 * 1024;

const open = (file: string) => new SqliteStorage({ file, clock: systemClock, log: createLogger(() => {}, 'bench') });

async function fill(file: string): Promise<void> {
  const storage = open(file);
  const start = Date.now() - records * 1_000;
  for (let done = 0; done < records; done += batch) {
    await storage.ledger.add(
      Array.from({ length: batch }, (_, index) => {
        const number = done + index;
        const failed = number % 50 === 0;
        return storedRequest(start + number * 1_000, {
          model: `m-${number % 12}`,
          model_sent: `m-${number % 12}`,
          source: `source-${number % 5}`,
          ...(failed && { outcome: 'failure' as const, status: 502, error: 'no answer' }),
        });
      }),
    );
  }
  await storage.close();
}

/** Milliseconds from opening the file, or from asking, to the first page. */
async function opening(file: string): Promise<number> {
  const began = performance.now();
  const storage = open(file);
  await storage.ledger.page({ filter: {}, limit: 51 });
  const spent = performance.now() - began;
  await storage.close();
  return spent;
}

async function pages(storage: SqliteStorage, filter: RequestFilter): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await storage.ledger.page({ filter, limit: 51 });
    times.push(performance.now() - began);
  }
  return median(times);
}

export const history: Measurement = {
  title: `History of ${records.toLocaleString('en')} requests`,
  async run() {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-history-'));
    const [full, empty] = [path.join(folder, 'full.sqlite'), path.join(folder, 'empty.sqlite')];
    try {
      await fill(full);
      await opening(empty);
      const [emptyMs, fullMs] = [await opening(empty), await opening(full)];
      const before = process.memoryUsage().rss;
      const storage = open(full);
      const first = await pages(storage, {});
      const filters: readonly (readonly [string, RequestFilter])[] = [
        ['failed ones', { status: 'failure' }],
        ['one model', { model: 'm-7' }],
        ['words that nothing has', { q: 'nothing has this' }],
      ];
      const filtered: Figure[] = [];
      for (const [name, filter] of filters) {
        filtered.push({
          name: `page of ${name}`,
          value: await pages(storage, filter),
          unit: 'ms',
          goal: { atMost: 150 },
        });
      }
      const grown = (process.memoryUsage().rss - before) / mebibyte;
      await storage.close();
      return [
        { name: 'first page', value: first, unit: 'ms', goal: { atMost: 50 } },
        ...filtered,
        { name: 'opening, more than an empty one', value: fullMs - emptyMs, unit: 'ms', goal: { atMost: 20 } },
        { name: 'memory while it is read', value: grown, unit: 'MB', goal: { atMost: 15 } },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
