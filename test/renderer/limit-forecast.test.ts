// The forecast of a limit: only where enough of its window has gone, and only when it will not last.
import { expect, test } from 'vitest';
import { limitForecasts, usedUpAt } from '../../src-renderer/pages/home/limit-forecast.ts';
import type { AccountLimits } from '../../src-shared/contract/account-limits.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 30, 12);
const window = (used: number, renewsIn: number, id = '5h') => ({
  ...{ id, label: id, used, status: 'ok' as const },
  resets_at: new Date(now + renewsIn * hour).toISOString(),
});

test.each([
  ['half used after two of five hours lasts two more', window(0.5, 3), 2],
  ['half used after half of the time will last', window(0.5, 2.5), undefined],
  ['after less than a fifth of the time nothing is said', window(0.9, 4.5), undefined],
  ['what is used up is no forecast', window(1, 3), undefined],
  ['nothing used will last', window(0, 3), undefined],
  ['of a window without a length nothing is known', window(0.9, 1, 'requests'), undefined],
  ['a window that has passed says nothing', window(0.9, -1), undefined],
  ['a week is counted in its own time', window(0.6, 84, '7d'), 56],
])('%s', (_, given, hours) => {
  const at = usedUpAt(given, now, now);
  expect(at === undefined ? undefined : Math.round((at - now) / hour)).toBe(hours);
});

test('each account is named once, with what ends first', () => {
  const account = (name: string, ...windows: AccountLimits['windows']): AccountLimits => ({
    ...{ name, provider: 'codex', plan: null, windows, seen_at: new Date(now).toISOString(), from: 'answer' },
  });
  const found = limitForecasts(
    [account('a', window(0.6, 84, '7d'), window(0.5, 3)), account('b', window(0.8, 3)), account('c', window(0.1, 1))],
    now,
  );
  expect(found.map((one) => [one.account.name, one.window.id])).toEqual([
    ['b', '5h'],
    ['a', '5h'],
  ]);
});
