// Usage by the hour outlives the program, and is taken over from the file of earlier versions.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../src-main/lib/logger.ts';
import { SqliteStorage } from '../../src-main/storage/sqlite-storage.ts';
import { UsageHistory } from '../../src-main/usage/usage-history.ts';
import { UsageStore } from '../../src-main/usage/usage-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const start = Date.parse('2026-11-25T10:30:00Z');
const key = 'ck-laptop-0000aaaa';
const tokens = { input_tokens: 10, output_tokens: 5, reasoning_tokens: 1, cached_tokens: 2, total_tokens: 15 };
const record = (timestamp: number, failed = false, api = key) => ({
  ...{ api, model: 'm', source: 'name@example.com', tokens, failed, timestamp },
});
const keyId = () => '0123456789ab';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

/** One run of the program on the folder. */
async function run({ clock = new FakeClock(start), clientKeys = [key] } = {}) {
  const log = createLogger(() => {}, 'test');
  const storage = new SqliteStorage({ file: path.join(folder, 'history', 'one.sqlite'), clock, log });
  const usage = new UsageStore({ clock });
  const history = await UsageHistory.open({
    earlierFile: path.join(folder, 'usage.json'),
    store: storage.usage,
    ...{ usage, keyId, clock, log },
    clientKeys: () => clientKeys,
  });
  const end = async () => {
    await history.close();
    await storage.close();
  };
  onTestFinished(end);
  return { usage, history, end, clock, hours: async () => (await history.read()).hours };
}

test('usage is summed by the hour, goes on after a restart, and is not counted twice', async () => {
  const first = await run();
  first.usage.record(record(start));
  first.usage.record(record(start + 60_000, true));
  expect(await first.hours()).toMatchObject([
    { hour: start / 1000 - 1800, api: key, requests: 2, failed: 1, input: 20, total: 30 },
  ]);
  first.usage.record(record(start + 3_600_000));
  await first.end();

  const second = await run();
  second.usage.record(record(start + 3_660_000));
  expect((await second.hours()).map(({ requests }) => requests)).toEqual([2, 2]);
  expect(await second.hours()).toEqual(await second.hours());
  expect(Math.max(...(await second.hours()).map(({ last }) => last))).toBe(start / 1000 + 3_660);
});

test('a key that was removed is shown masked; none is on the disk', async () => {
  const first = await run();
  first.usage.record(record(start));
  first.usage.record(record(start, false, 'POST /v1/messages'));
  await first.end();
  const later = await run({ clientKeys: [] });
  expect((await later.hours()).map(({ api }) => api).sort()).toEqual(['POST /v1/messages', 'ck-l...aaaa']);
  for (const name of readdirSync(path.join(folder, 'history')))
    expect(readFileSync(path.join(folder, 'history', name), 'latin1')).not.toContain('laptop');
});

test('an import of more requests than are kept in detail is counted in full, by the hour', async () => {
  const { usage, hours } = await run();
  const count = 12_000;
  const detail = (index: number) => ({
    timestamp: new Date(start + index * 1000).toISOString(),
    source: 's',
    failed: false,
    tokens: { input_tokens: 1, output_tokens: 1, reasoning_tokens: 0, cached_tokens: 0, total_tokens: 2 },
  });
  const models = Object.fromEntries(
    ['first', 'second', 'third'].map((model, part) => {
      const details = Array.from({ length: count / 3 }, (_, index) => detail((part * count) / 3 + index));
      return [model, { details }];
    }),
  );
  expect(usage.import({ version: 1, usage: { apis: { key: { models } } } })).toEqual({ added: count, skipped: 0 });
  expect((await hours()).reduce((sum, { requests }) => sum + requests, 0)).toBe(count);
  expect(new Set((await hours()).map(({ model }) => model))).toEqual(new Set(['first', 'second', 'third']));
});

test('usage that is not to be kept is forgotten on the disk, counted in this run, and comes back with the setting', async () => {
  const first = await run();
  first.usage.record(record(start));
  await first.history.setKeep(false);
  first.usage.record(record(start));
  expect(await first.history.read()).toMatchObject({ keep: false, hours: [{ requests: 2 }] });
  await first.end();
  const second = await run();
  expect(await second.history.read()).toEqual({ keep: false, hours: [] });
  second.usage.record(record(start));
  await second.history.setKeep(true);
  await second.end();
  expect(await (await run()).history.read()).toMatchObject({ keep: true, hours: [{ requests: 1 }] });
});

const earlierHour = {
  ...{ hour: start / 1000 - 1800, api: key, model: 'm', source: 's', requests: 3, failed: 1 },
  ...{ input: 30, output: 15, reasoning: 3, cached: 6, total: 45 },
};

test('the file of earlier versions is taken over once, also when the program was killed before it was removed', async () => {
  const file = path.join(folder, 'usage.json');
  const content = JSON.stringify({ keep: true, hours: [earlierHour, { hour: 'x' }, null] });
  for (const _ of [1, 2]) {
    writeFileSync(file, content);
    const { hours, end } = await run();
    expect(await hours()).toMatchObject([{ ...earlierHour, last: earlierHour.hour }]);
    expect(existsSync(file)).toBe(false);
    await end();
  }
});

test('of two programs on one file one takes it over', async () => {
  writeFileSync(path.join(folder, 'usage.json'), JSON.stringify({ keep: true, hours: [earlierHour] }));
  const [one, other] = await Promise.all([run(), run()]);
  await Promise.all([one.hours(), other.hours()]);
  expect(await one.hours()).toMatchObject([{ requests: 3 }]);
  expect(await other.hours()).toEqual(await one.hours());
});

test('where earlier versions kept nothing, nothing is kept', async () => {
  writeFileSync(path.join(folder, 'usage.json'), JSON.stringify({ keep: false, hours: [] }));
  expect(await (await run()).history.read()).toEqual({ keep: false, hours: [] });
});

test('without a place to store anything this run is counted, and the file of earlier versions stays', async () => {
  const file = path.join(folder, 'usage.json');
  writeFileSync(file, JSON.stringify({ keep: true, hours: [earlierHour] }));
  writeFileSync(path.join(folder, 'history'), 'a file in place of the folder');
  const first = await run();
  first.usage.record(record(start));
  expect(await first.hours()).toMatchObject([{ requests: 1 }]);
  await expect(first.history.setKeep(false)).rejects.toThrow();
  expect(existsSync(file)).toBe(true);
});

test('what could not be stored is stored as soon as it can be', async () => {
  const place = path.join(folder, 'history');
  writeFileSync(place, '');
  const { usage, hours, clock } = await run();
  usage.record(record(start));
  expect(await hours()).toMatchObject([{ requests: 1 }]);
  rmSync(place);
  mkdirSync(place);
  clock.advance(2_000);
  usage.record(record(start));
  expect(await hours()).toMatchObject([{ requests: 2 }]);
});
