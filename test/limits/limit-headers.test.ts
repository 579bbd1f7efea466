import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLimits } from '../../src-main/limits/limit-headers.ts';

const now = Date.UTC(2026, 10, 30, 12);
const seconds = (after: number) => String(now / 1000 + after);
const read = (headers: Readonly<Record<string, string>>, status = 200) =>
  readLimits({ status, headers, model: 'claude-opus-5', now });

test('a subscription of Anthropic names windows by their length, and one of a model family', () => {
  const { windows } = read({
    'anthropic-ratelimit-unified-status': 'allowed',
    'anthropic-ratelimit-unified-reset': seconds(60),
    'anthropic-ratelimit-unified-overage-status': 'rejected',
    'anthropic-ratelimit-unified-5h-utilization': '0.42',
    'anthropic-ratelimit-unified-5h-reset': seconds(3600),
    'anthropic-ratelimit-unified-5h-status': 'allowed_warning',
    'anthropic-ratelimit-unified-7d_oi-utilization': '1.07',
    'anthropic-ratelimit-unified-7d_oi-reset': '2026-12-01T00:00:00Z',
    'anthropic-ratelimit-unified-7d_oi-status': 'rejected',
  });
  expect(windows).toEqual([
    { id: '5h', used: 0.42, resetsAt: now + 3_600_000, status: 'warning' },
    { id: '7d_oi', used: 1, resetsAt: Date.UTC(2026, 11, 1), status: 'reached', model: 'claude-opus-5' },
  ]);
});

test('windows of Codex are named by their minutes, whatever slot they come in', () => {
  const { plan, windows } = read({
    'x-codex-plan-type': 'plus',
    'x-codex-primary-used-percent': '12.5',
    'x-codex-primary-window-minutes': '10080',
    'x-codex-primary-reset-at': '',
    'x-codex-primary-reset-after-seconds': '90',
    'x-codex-secondary-used-percent': '0',
    'x-codex-secondary-window-minutes': '0',
    'x-codex-bengalfox-primary-used-percent': '80',
    'x-codex-bengalfox-primary-window-minutes': '120',
  });
  expect(plan).toBe('plus');
  expect(windows).toEqual([
    { id: '7d', used: 0.125, resetsAt: now + 90_000, status: 'ok' },
    { id: 'bengalfox-2h', used: 0.8, resetsAt: undefined, status: 'warning', model: 'bengalfox' },
  ]);
});

test('keys of OpenAI and Anthropic say what remains', () => {
  const { windows } = read({
    'x-ratelimit-limit-requests': '60',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '6m0s',
    'x-ratelimit-limit-tokens': '0',
    'x-ratelimit-remaining-tokens': '0',
    'anthropic-ratelimit-input-tokens-limit': '1000',
    'anthropic-ratelimit-input-tokens-remaining': '900',
    'anthropic-ratelimit-input-tokens-reset': '2026-11-30T12:00:30Z',
  });
  expect(windows).toEqual([
    { id: 'requests', used: 1, resetsAt: now + 360_000, status: 'reached' },
    { id: 'input-tokens', used: 0.1, resetsAt: now + 30_000, status: 'ok' },
  ]);
});

test('a pause is a window only of a 429 that names none', () => {
  expect(read({ 'retry-after': '120' }).windows).toEqual([]);
  expect(read({ 'retry-after': '120' }, 429).windows).toEqual([
    { id: 'retry-after', used: 1, resetsAt: now + 120_000, status: 'reached' },
  ]);
  expect(read({ 'retry-after': 'Mon, 30 Nov 2026 12:01:00 GMT' }, 429).windows).toMatchObject([
    { resetsAt: now + 60_000 },
  ]);
  const named = { 'retry-after': '9', 'x-ratelimit-limit-requests': '2', 'x-ratelimit-remaining-requests': '1' };
  expect(read(named, 429).windows.map(({ id }) => id)).toEqual(['requests']);
});

test('values that are no numbers and dates in the past are left out', () => {
  const { windows } = read({
    'anthropic-ratelimit-unified-5h-utilization': 'much',
    'anthropic-ratelimit-unified-7d-utilization': '0.5',
    'anthropic-ratelimit-unified-7d-reset': seconds(-5),
    'x-ratelimit-limit-tokens': '-3',
    'x-ratelimit-remaining-tokens': '1',
  });
  expect(windows).toEqual([{ id: '7d', used: 0.5, resetsAt: undefined, status: 'ok' }]);
});

test('no header fails a request', () => {
  const names = fc.constantFrom(
    'anthropic-ratelimit-unified-5h-utilization',
    'anthropic-ratelimit-unified-5h-reset',
    'x-codex-primary-used-percent',
    'x-codex-primary-window-minutes',
    'x-ratelimit-limit-requests',
    'x-ratelimit-remaining-requests',
    'x-ratelimit-reset-requests',
    'retry-after',
  );
  const values = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.date().map(String));
  fc.assert(
    fc.property(fc.dictionary(names, values), fc.constantFrom(200, 429, 500), (headers, status) => {
      for (const { used, resetsAt } of read(headers, status).windows) {
        expect(used >= 0 && used <= 1).toBe(true);
        if (resetsAt !== undefined) expect(resetsAt).toBeGreaterThan(now);
      }
    }),
  );
});

test('more than everything is everything, and times are read as seconds, milliseconds or dates', () => {
  const reset = (value: string) =>
    read({ 'anthropic-ratelimit-unified-5h-utilization': '1e-05', 'anthropic-ratelimit-unified-5h-reset': value })
      .windows;
  for (const value of [seconds(60), String(now + 60_000), new Date(now + 60_000).toISOString()])
    expect(reset(value)).toEqual([{ id: '5h', used: 0, resetsAt: now + 60_000, status: 'ok' }]);
  const { windows } = read({ 'x-ratelimit-limit-requests': '60', 'x-ratelimit-remaining-requests': '-1' });
  expect(windows).toMatchObject([{ id: 'requests', used: 1, status: 'reached' }]);
});
