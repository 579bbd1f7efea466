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
