import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '../../src-main/lib/logger.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { ownTimeZone, setTimeZone } from '../../src-main/lib/time/time-zone.ts';
import { SqliteStorage } from '../../src-main/storage/sqlite-storage.ts';
import { StorageUnavailable } from '../../src-main/storage/storage.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { storageCases } from './storage-cases.ts';
import { storedRequest } from './stored-request.ts';

const now = Date.now();

let folder: string;
let file: string;
const opened: SqliteStorage[] = [];
function open(): SqliteStorage {
  const storage = new SqliteStorage({ file, clock: systemClock, log: createLogger(() => {}, 'test') });
  opened.push(storage);
  return storage;
}
beforeEach(() => {
  folder = tempFolder();
  file = path.join(folder, 'history', 'one.sqlite');
});
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close();
});

const idsOf = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

storageCases(async () => open());

test('days are those of the time zone that the program was set to since', async () => {
  const before = ownTimeZone();
  const { ledger } = open();
  await ledger.add([storedRequest(Date.parse('2026-03-01T20:00:00Z'))]);
  const startsIn = async (zone: string) => {
    setTimeZone(zone);
    return (await ledger.costSteps({ step: 'day' })).map(({ start }) => new Date(start).toISOString());
  };
  try {
    expect(await startsIn('Asia/Tokyo')).toEqual(['2026-03-01T15:00:00.000Z']);
    expect(await startsIn('America/New_York')).toEqual(['2026-03-01T05:00:00.000Z']);
  } finally {
    setTimeZone(before);
  }
});

test('requests go by size, the oldest first', async () => {
  const { ledger } = open();
  const many = Array.from({ length: 12_000 }, (_, index) => storedRequest(now + index, { session_id: `s-${index}` }));
  await ledger.add(many);
  await ledger.prune({ days: 0, maxMb: 1 });
  const left = await ledger.page({ filter: {}, limit: 20_000 });
  expect(left.length).toBeGreaterThan(500);
  expect(left.length).toBeLessThan(12_000);
  expect(left[0]?.id).toBe(many.at(-1)?.record.id);
  expect(statSync(file).size).toBeLessThan(1.3 * 1024 * 1024);
});

describe('the file', () => {
  test('is private, in a private folder', async () => {
    await open().ledger.add([storedRequest(now)]);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(path.dirname(file))) {
      expect(statSync(path.join(path.dirname(file), name)).mode & 0o777).toBe(0o600);
    }
  });

  test.each([
    ['is no database', () => Buffer.from('this is no database at all, and never was one')],
    [
      'is damaged inside',
      (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]),
    ],
  ])('that %s is set aside whole, and a new one begins', async (_, damage) => {
    const storage = open();
    await storage.ledger.add([storedRequest(now)]);
    await storage.close();
    const damaged = damage(readFileSync(file));
    writeFileSync(file, damaged);
    const again = open();
    const fresh = storedRequest(now);
    await again.ledger.add([fresh]);
    expect(idsOf(await again.ledger.page({ filter: {}, limit: 10 }))).toEqual([fresh.record.id]);
    expect(again.setAside).toMatch(/one\.sqlite\.damaged-/);
    expect(readFileSync(again.setAside as string)).toEqual(damaged);
  });

  test('the newest three damaged files are kept', async () => {
    for (let index = 0; index < 5; index++) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, `no database ${index} and long enough to be looked at`);
      const storage = open();
      await storage.ledger.clear();
      await storage.close();
      rmSync(file);
    }
    const kept = readdirSync(path.dirname(file)).filter((name) => name.includes('.damaged-'));
    expect(kept.map((name) => readFileSync(path.join(path.dirname(file), name), 'utf8')[12])).toEqual(['2', '3', '4']);
  });

  test('that vanishes is made again', async () => {
    const { ledger } = open();
    await ledger.add([storedRequest(now)]);
    for (const name of readdirSync(path.dirname(file))) rmSync(path.join(path.dirname(file), name));
    await expect
      .poll(async () => {
        await ledger.add([storedRequest(now)]);
        return existsSync(file);
      })
      .toBe(true);
  });

  test('that cannot be made says why, and works once it can', async () => {
    writeFileSync(path.dirname(file), 'a file in place of the folder');
    const storage = open();
    await expect(storage.ledger.add([storedRequest(now)])).rejects.toThrow(StorageUnavailable);
    expect(storage.state).toMatchObject({ state: 'unavailable', reason: expect.stringMatching(/\w/) });
    rmSync(path.dirname(file));
    await storage.ledger.add([storedRequest(now)]);
    expect(storage.state).toEqual({ state: 'ready' });
  });

  test('of a newer program is left alone', async () => {
    const storage = open();
    await storage.ledger.add([storedRequest(now)]);
    await storage.close();
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = readFileSync(file);
    const again = open();
    await expect(again.ledger.clear()).rejects.toThrow(/newer version/);
    expect(readFileSync(file)).toEqual(before);
    chmodSync(file, 0o600);
  });
});

test('a large file is checked beside the work on it, and set aside when it is damaged', async () => {
  const first = open();
  const many = Array.from({ length: 40_000 }, (_, index) => storedRequest(now + index, { session_id: `s-${index}` }));
  await first.ledger.add(many);
  await first.close();
  const bytes = readFileSync(file);
  expect(bytes.length).toBeGreaterThan(8 * 1024 * 1024);
  // A page in the middle, which no first page of requests needs.
  bytes.fill(0xff, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 8192);
  writeFileSync(file, bytes);
  const storage = open();
  expect(await storage.counters.reserve('c', [], [])).toEqual([]);
  await expect.poll(() => storage.setAside, { timeout: 30_000 }).toContain('.damaged-');
  await expect.poll(async () => (await storage.ledger.page({ filter: {}, limit: 10 })).length).toBe(0);
  await storage.ledger.add([storedRequest(now)]);
  expect(await storage.ledger.page({ filter: {}, limit: 10 })).toHaveLength(1);
  expect(await storage.ledger.sums({ by: 'model' })).toHaveLength(1);
});
