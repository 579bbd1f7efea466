import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { localDay, localHour, localStamp, parseRfc3339, rfc3339 } from '../../../src-main/lib/time/local-time.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const moment = Date.parse('2026-01-31T22:09:05.120Z');

test.each([
  ['UTC', '2026-01-31T22:09:05.12Z', '2026-01-31 22:09:05', '2026-01-31', '22'],
  ['Asia/Kolkata', '2026-02-01T03:39:05.12+05:30', '2026-02-01 03:39:05', '2026-02-01', '03'],
  ['America/New_York', '2026-01-31T17:09:05.12-05:00', '2026-01-31 17:09:05', '2026-01-31', '17'],
])('in %s a moment reads as there', (TZ, time, stamp, day, hour) => {
  process.env.TZ = TZ;
  expect([rfc3339(moment), localStamp(moment), localDay(moment), localHour(moment)]).toEqual([time, stamp, day, hour]);
});

test('a time written is read back as the same moment in any zone', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia'),
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      (TZ, ms) => {
        process.env.TZ = TZ;
        expect(parseRfc3339(rfc3339(ms))).toBe(ms);
      },
    ),
  );
});

test.each([
  ['2026-01-31T00:00:00Z', 0],
  ['2026-01-31t01:00:00+01:00', 0],
  ['2026-01-31T00:00:00.000001Z', 0.001],
])('%s is read', (text, ms) => {
  expect(parseRfc3339(text)).toBe(Date.parse('2026-01-31') + ms);
});

test.each([
  '',
  '2026-01-31',
  '2026-01-31 00:00:00Z',
  '2026-01-31T00:00:00',
  '2026-02-30T00:00:00Z',
  '2026-01-31T25:00:00Z',
  'x2026-01-31T00:00:00Z',
  '2026-01-31T00:00:00+99:00',
])('%j is not a time', (text) => {
  expect(parseRfc3339(text)).toBeUndefined();
});
