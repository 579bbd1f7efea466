// What the last requests say of the program's health.
import { expect, test } from 'vitest';
import { recentMs, recentTrouble } from '../../src-renderer/pages/home/recent-trouble.ts';
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import { storedRequest } from '../storage/stored-request.ts';

const now = Date.parse('2026-11-30T14:35:02Z');

/** `.` answered, `x` failed, `c` the client's mistake, `l` the client left; newest first. */
const requests = (text: string, age = 1_000): RequestRecord[] =>
  [...text].map((kind, index) => {
    const status = kind === 'x' ? 401 : kind === 'c' ? 404 : 200;
    const one = { source: 'relay-a', credential: 'k', model: 'm', status, ms: 1, error: kind === 'x' ? 'no' : null };
    return storedRequest(now, {
      finished_at: new Date(now - age - index * 1_000).toISOString(),
      outcome: kind === '.' ? 'success' : kind === 'l' ? 'aborted' : 'failure',
      status: kind === 'x' ? 503 : status,
      tries: kind === 'c' ? [] : [one],
    }).record;
  });

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

test('what a provider answered is named, not that nobody was left to ask', () => {
  const [newest, older] = requests('xx') as [RequestRecord, RequestRecord];
  const trouble = recentTrouble([{ ...newest, tries: [] }, older], now);
  expect(trouble?.newest).toBe(older);
});
