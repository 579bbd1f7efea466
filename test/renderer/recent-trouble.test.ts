// What the last requests say of the program's health.
import { expect, test } from 'vitest';
import { recentMs, recentTrouble } from '../../src-renderer/pages/home/recent-trouble.ts';
import type { RecentRequest } from '../../src-shared/contract/recent-requests.ts';

const now = Date.parse('2026-11-30T14:35:02Z');

/** `.` answered, `x` failed, `c` the client's mistake, `l` the client left; newest first. */
const requests = (text: string, age = 1_000): RecentRequest[] =>
  [...text].map((kind, index) => ({
    time: new Date(now - age - index * 1_000).toISOString(),
    api: 'ck',
    model: 'm',
    outcome: kind === '.' ? 'answered' : kind === 'x' ? 'upstream' : kind === 'c' ? 'client' : 'left',
    status: kind === 'x' ? 401 : 200,
    cause: '',
    by: 'relay-a',
    account: '',
    provider: 'relay-a',
    milliseconds: 1,
  }));

test.each([
  ['', undefined],
  ['.....', undefined],
  ['ccccc', undefined],
  ['lllll', undefined],
  ['x', [1, 1, true]],
  ['xxxxx', [5, 5, true]],
  ['x.x.x', [3, 5, false]],
  ['x.x..', undefined],
  ['cxclx', [2, 2, true]],
  ['x.........', undefined],
  ['x....x....', [2, 10, false]],
] as const)('%s', (text, expected) => {
  const trouble = recentTrouble(requests(text), now);
  expect(trouble && [trouble.failed, trouble.requests.length, trouble.isTotal]).toEqual(expected);
});

test('failures of more than 15 minutes ago are over', () => {
  expect(recentTrouble(requests('xxxxx', recentMs), now)?.failed).toBe(1);
  expect(recentTrouble(requests('xxxxx', recentMs + 1), now)).toBeUndefined();
});
