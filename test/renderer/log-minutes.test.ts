import { expect, test } from 'vitest';
import { appended } from '../../src-renderer/pages/logs/log-line.ts';
import { minutesOf } from '../../src-renderer/pages/logs/minutes.ts';

const line = (time: string, level = 'info') => `[2026-11-30 ${time}] [${level}] [a.ts] text`;

test('lines are counted by minute, errors apart, and minutes without lines stand too', () => {
  const lines = appended([], [line('14:30:01'), line('14:30:59', 'error'), 'its second line', line('14:32:00')]);
  expect(minutesOf(lines).map(({ lines: count, errors, first }) => [count, errors, first])).toEqual([
    [3, 2, 0],
    [0, 0, undefined],
    [1, 0, 3],
  ]);
});

test('a day makes no more bars than there is room for', () => {
  const day = Array.from({ length: 24 }, (_, hour) => line(`${String(hour).padStart(2, '0')}:00:00`));
  const minutes = minutesOf(appended([], day));
  expect(minutes.length).toBeLessThanOrEqual(160);
  expect(minutes.reduce((sum, minute) => sum + minute.lines, 0)).toBe(24);
  expect(minutesOf([])).toEqual([]);
});
