import { describe, expect, test } from 'vitest';
import { refreshDue, retryPause } from '../../src-main/accounts/refresh-due.ts';
import { expiryOf, lastRefreshOf, refreshIntervalOf, refreshTokenOf } from '../../src-main/accounts/token-times.ts';
import { providerOfFile, providers } from '../../src-main/providers/index.ts';

const noon = Date.UTC(2025, 10, 3, 12);
const hour = 3_600_000;

describe('what account files say', () => {
  test.each([
    [{ expired: '2025-11-03T12:00:00Z' }],
    [{ expired: '2025-11-03T20:00:00+08:00' }],
    [{ expired: '2025-11-03T12:00:00.000Z' }],
    [{ expire: '2025-11-03 12:00:00' }],
    [{ expires_at: noon / 1000 }],
    [{ expiresAt: noon }],
    [{ expires: String(noon / 1000) }],
    [{ expired: 'soon', expiry: String(noon) }],
    [{ token: { expiry: '2025-11-03T12:00:00Z' } }],
    [{ expired: { a: 1 }, Token: { expires_at: noon / 1000 } }],
  ])('%j ends at noon', (content) => {
    expect(expiryOf(content)).toBe(noon);
  });

  test.each([[{}], [{ expired: '' }], [{ expired: 0 }], [{ expired: [] }], [{ expired: NaN }], [{ token: 'x' }]])(
    '%j does not say when it ends',
    (content) => {
      expect(expiryOf(content)).toBeUndefined();
    },
  );

  test('the other spellings', () => {
    expect(lastRefreshOf({ lastRefreshedAt: noon })).toBe(noon);
    expect(refreshTokenOf({ token: { refresh_token: 'a' } })).toBe('a');
    expect(refreshTokenOf({ refresh_token: [], token: null })).toBe('');
    expect(refreshIntervalOf({ refresh_interval: '1h30m' })).toBe(1.5 * hour);
    expect(refreshIntervalOf({ refreshIntervalSeconds: 90 })).toBe(90_000);
    expect(refreshIntervalOf({ refresh_interval: '2.5' })).toBe(2_500);
    expect(refreshIntervalOf({ refresh_interval: 'often' })).toBeUndefined();
  });
});

describe('when a token is due', () => {
  const content = (fields: Record<string, unknown>) => ({ type: 'claude', refresh_token: 'r', ...fields });
  const due = (fields: Readonly<Record<string, unknown>>) =>
    refreshDue(fields, providerOfFile(providers, String(fields.type ?? ''))?.refresh);

  test('its lead before its end', () => {
    expect(due(content({ expired: noon }))).toBe(noon - 4 * hour);
    expect(due(content({ type: 'codex', expired: noon }))).toBe(noon - 120 * hour);
    expect(due(content({ type: 'qwen', expired: noon }))).toBe(noon - 3 * hour);
    expect(due(content({ type: 'iflow', expired: noon }))).toBe(noon - 24 * hour);
  });

  test('half of its life before its end when it lives shorter than the lead', () => {
    expect(due(content({ expired: noon, last_refresh: noon - hour }))).toBe(noon - hour / 2);
  });

  test('its lead after the last refresh when the end is unknown, else now', () => {
    expect(due(content({ last_refresh: noon }))).toBe(noon + 4 * hour);
    expect(due(content({}))).toBe(0);
  });

  test('as often as the person wants', () => {
    expect(due(content({ expired: noon, last_refresh: noon - 8 * hour, refresh_interval: '30m' }))).toBe(
      noon - 7.5 * hour,
    );
  });

  test('never: disabled, without a refresh token, Gemini and unknown types', () => {
    expect(due(content({ disabled: true }))).toBeUndefined();
    expect(due(content({ refresh_token: '' }))).toBeUndefined();
    expect(due(content({ type: 'gemini' }))).toBeUndefined();
    expect(due(content({ type: 'other', refresh_interval: 60 }))).toBeUndefined();
    expect(due({ refresh_token: 'r' })).toBeUndefined();
  });
});

test('pauses after failures double, are spread, and have bounds', () => {
  expect([1, 2, 3, 20].map((failures) => retryPause(failures, undefined, 0.5))).toEqual([
    30_000, 60_000, 120_000, 1_800_000,
  ]);
  expect(retryPause(1, undefined, 0)).toBe(22_500);
  expect(retryPause(1, 90_000, 0)).toBe(90_000);
  expect(retryPause(1, 86_400_000, 0)).toBe(1_800_000);
});
