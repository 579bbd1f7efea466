// Request logs on their way to the disk: each whole and by itself, and no more of them than the disk can take.
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LogPruner } from '../../src-main/gateway/request-logs/log-pruner.ts';
import { LogThread } from '../../src-main/gateway/request-logs/log-thread.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

function openThread(): LogThread {
  const thread = new LogThread(new FakeClock());
  onTestFinished(() => thread.close());
  return thread;
}

test('files that come at once are written each by itself; what one of them meets is its alone', async () => {
  const thread = openThread();
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'file'), 'no folder');
  const write = (name: string, text: string) => {
    const pieces = [text, Buffer.from('€'), ' and ü'];
    return thread.write(path.join(folder, name), pieces, Buffer.byteLength(pieces.join('')));
  };
  const names = Array.from({ length: 200 }, (_, index) => `new/${index}.log`);
  const writes = names.map((name) => write(name, name));
  const refused = write('file/1.log', 'nowhere');
  const last = write('new/last.log', 'last');
  await expect(refused).rejects.toMatchObject({ code: 'ENOTDIR' });
  await Promise.all([...writes, last]);
  for (const name of names) expect(readFileSync(path.join(folder, name), 'utf8')).toBe(`${name}€ and ü`);
  expect(readFileSync(path.join(folder, 'new/last.log'), 'utf8')).toBe('last€ and ü');
  expect(readdirSync(path.join(folder, 'new'))).toHaveLength(201);
  expect(statSync(path.join(folder, 'new/0.log')).mode & 0o777).toBe(0o600);
});

test('what waits for a slow disk is bounded: more is rejected, until it has caught up', async () => {
  const thread = openThread();
  const folder = tempFolder();
  const megabyte = Buffer.alloc(1024 * 1024, 'x');
  const write = (index: number) => thread.write(path.join(folder, `${index}.log`), [megabyte], megabyte.length);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => write(index)));
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array.from({ length: 16 }, () => 'fulfilled'),
    ...Array.from({ length: 4 }, () => 'rejected'),
  ]);
  expect(outcomes[16]).toMatchObject({ reason: { message: 'the disk is too slow for so many logs' } });
  await write(20);
  expect(readdirSync(folder)).toHaveLength(17);
});

const logName = (index: number) => `v1-messages-2026-01-31T090500-000000000-${index.toString(16).padStart(8, '0')}.log`;

test('the oldest logs are removed until the rest fits; some at a time; files of others stay', async () => {
  const thread = openThread();
  const folder = tempFolder();
  for (let index = 0; index < 1_300; index++) {
    writeFileSync(path.join(folder, logName(index)), 'x'.repeat(1_000));
    utimesSync(path.join(folder, logName(index)), index, index);
  }
  writeFileSync(path.join(folder, 'main.log'), 'x'.repeat(900_000));
  mkdirSync(path.join(folder, logName(2_000)));
  const order = { kind: 'prune', folder, logs: 'all', most: { bytes: 90_000 } } as const;
  // 1,300 logs, of which 90 may stay.
  expect(await thread.prune(order)).toEqual({ keptBytes: 90_000, left: 710 });
  expect(readdirSync(folder)).not.toContain(logName(499));
  expect(readdirSync(folder)).toContain(logName(500));
  const pruner = new LogPruner({ folder, thread, onError: (error) => expect(error).toBeUndefined() });
  pruner.logAdded(1_000, 100_000);
  await pruner.idle();
  const left = readdirSync(folder).sort();
  const newest = Array.from({ length: 90 }, (_, index) => logName(1_210 + index));
  expect(left).toEqual(['main.log', logName(2_000), ...newest].sort());
});

test('a program that ends does not wait until all old logs are removed', async () => {
  const thread = openThread();
  const folder = tempFolder();
  for (let index = 0; index < 1_600; index++) writeFileSync(path.join(folder, logName(index)), 'x');
  const pruner = new LogPruner({ folder, thread, onError: (error) => expect(error).toBeUndefined() });
  pruner.logAdded(1, 100);
  await pruner.close();
  expect(readdirSync(folder)).toHaveLength(1_100);
});

test('however fast logs come, no more of them are left than wanted', async () => {
  const thread = openThread();
  const folder = tempFolder();
  const pruner = new LogPruner({ folder, thread, onError: (error) => expect(error).toBeUndefined() });
  const most = 300_000;
  for (let round = 0; round < 8; round++) {
    const indexes = Array.from({ length: 400 }, (_, index) => round * 400 + index);
    await Promise.all(
      indexes.map(async (index) => {
        await thread.write(path.join(folder, logName(index)), ['x'.repeat(1_000)], 1_000);
        pruner.logAdded(1_000, most);
      }),
    );
    expect(readdirSync(folder).length).toBeLessThan(most / 1_000 + 1_000);
  }
  await pruner.idle();
  expect(readdirSync(folder).length).toBeLessThanOrEqual(most / 1_000);
  expect(readdirSync(folder)).toContain(logName(3_199));
});

test('logs that cannot be removed are told of, and tried again with the next', async () => {
  const thread = openThread();
  const errors: unknown[] = [];
  // No system has a folder of this name, and root may read all others.
  const folder = 'a\0b';
  const pruner = new LogPruner({ folder, thread, onError: (error) => errors.push(error) });
  for (let turn = 0; turn < 2; turn++) {
    pruner.errorAdded(10);
    await pruner.idle();
  }
  expect(errors).toMatchObject([{ code: 'ERR_INVALID_ARG_VALUE' }, { code: 'ERR_INVALID_ARG_VALUE' }]);
});
