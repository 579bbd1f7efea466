// The windows that requests are counted in, by the local clock, also where it is changed.
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { windowAt } from '../../../src-main/gateway/policies/limit-windows.ts';
import { limitPeriods } from '../../../src-shared/policy-terms.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const hour = 3_600_000;
const at = (text: string) => Date.parse(text);

test.each([
  ['the clock goes forward in Berlin', 'Europe/Berlin', '2026-03-29T12:00:00+02:00', 23],
  ['it goes back in Berlin', 'Europe/Berlin', '2026-10-25T12:00:00+01:00', 25],
  ['it goes forward in New York', 'America/New_York', '2026-03-08T12:00:00-04:00', 23],
  ['it goes back by half an hour on Lord Howe', 'Australia/Lord_Howe', '2026-04-05T12:00:00+10:30', 24.5],
  ['nothing changes', 'Asia/Kolkata', '2026-03-29T12:00:00+05:30', 24],
])('a day is as long as it is when %s', (_, TZ, noon, hours) => {
  process.env.TZ = TZ;
  const { startsAt, endsAt } = windowAt('day', at(noon));
  expect((endsAt - startsAt) / hour).toBe(hours);
  expect(new Date(startsAt).getHours()).toBe(0);
  // The last moment is inside, the next one begins another day.
  expect(windowAt('day', endsAt - 1)).toEqual({ startsAt, endsAt });
  expect(windowAt('day', endsAt).startsAt).toBe(endsAt);
});

test('weeks begin on Monday and months on the first, by the local clock', () => {
  process.env.TZ = 'Europe/Berlin';
  expect(windowAt('week', at('2026-11-29T23:59:59+01:00'))).toEqual({
    startsAt: at('2026-11-23T00:00:00+01:00'),
    endsAt: at('2026-11-30T00:00:00+01:00'),
  });
  expect(windowAt('month', at('2026-10-31T12:00:00+01:00'))).toEqual({
    startsAt: at('2026-10-01T00:00:00+02:00'),
    endsAt: at('2026-11-01T00:00:00+01:00'),
  });
});

test('an hour begins where the local clock says so, and an hour that comes twice is two windows', () => {
  process.env.TZ = 'Asia/Kolkata';
  expect(windowAt('hour', at('2026-11-30T10:10:00Z')).startsAt).toBe(at('2026-11-30T09:30:00Z'));
  process.env.TZ = 'Europe/Berlin';
  const [first, second] = [windowAt('hour', at('2026-10-25T00:30:00Z')), windowAt('hour', at('2026-10-25T01:30:00Z'))];
  expect(second.startsAt).toBe(first.endsAt);
});

test('windows hold their moment and follow each other without a gap', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Apia'),
      fc.constantFrom(...limitPeriods),
      fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') }),
      (TZ, per, now) => {
        process.env.TZ = TZ;
        const { startsAt, endsAt } = windowAt(per, now);
        expect(startsAt <= now && now < endsAt).toBe(true);
        expect(windowAt(per, startsAt)).toEqual({ startsAt, endsAt });
        expect(windowAt(per, endsAt).startsAt).toBe(endsAt);
      },
    ),
  );
});
