// The windows over which requests, tokens and costs are counted, by the local clock.
import type { LimitPeriod } from '../../../src-shared/policy-terms.ts';

/** Milliseconds since the epoch; `endsAt` is outside. */
export interface LimitWindow {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The window that `now` lies in. Days with a time change are as long as they are. */
export function windowAt(per: LimitPeriod, now: number): LimitWindow {
  const date = new Date(now);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  const between = (start: Date, end: Date) => ({ startsAt: start.getTime(), endsAt: end.getTime() });
  switch (per) {
    case 'minute':
      return from(now - (date.getSeconds() * 1_000 + date.getMilliseconds()), 60_000);
    case 'hour':
      // Some zones are half an hour off; an hour that comes twice is two windows.
      return from(now - ((date.getMinutes() * 60 + date.getSeconds()) * 1_000 + date.getMilliseconds()), 3_600_000);
    case 'day':
      return between(new Date(year, month, day), new Date(year, month, day + 1));
    case 'week': {
      const monday = day - ((date.getDay() + 6) % 7);
      return between(new Date(year, month, monday), new Date(year, month, monday + 7));
    }
    case 'month':
      return between(new Date(year, month, 1), new Date(year, month + 1, 1));
  }
}

const from = (startsAt: number, ms: number): LimitWindow => ({ startsAt, endsAt: startsAt + ms });
