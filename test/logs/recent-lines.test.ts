import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { RecentLines } from '../../src-main/logs/recent-lines.ts';

test('the newest 5,000 lines are kept, a message of several lines as several', () => {
  const recent = new RecentLines();
  for (let n = 0; n < 12_000; n++) recent.add(`line ${n}`);
  recent.add('one\ntwo');
  expect(recent.all).toHaveLength(5_000);
  expect(recent.all.slice(-3)).toEqual(['line 11999', 'one', 'two']);
  expect(recent.all[0]).toBe('line 7002');
});

test('long lines push out more of the older ones, so that memory is bounded', () => {
  const recent = new RecentLines();
  for (let n = 0; n < 100; n++) recent.add(`${n} ${'x'.repeat(100_000)}`);
  expect(recent.all.reduce((sum, line) => sum + line.length, 0)).toBeLessThanOrEqual(2_000_000);
  expect(recent.all.at(-1)?.startsWith('99 ')).toBe(true);
  recent.add('y'.repeat(3_000_000));
  expect(recent.all).toEqual([]);
});

test('the text of a line that is pushed out is given back at once', () => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const recent = new RecentLines();
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 3_000; n++) recent.add(Buffer.alloc(64 * 1024, 97 + (n % 26)).toString());
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
  expect(recent.all.length).toBeGreaterThan(0);
});
