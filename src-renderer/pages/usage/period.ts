// Which time the page shows, and in what pieces.
import { clock, dateFormat, dayRange, weekday } from '../../components/format.ts';
import { hourMs, midnight } from '../../state/usage.ts';

export const ranges = ['24h', '7d', '30d', 'all'] as const;
export type Range = (typeof ranges)[number];

/** Milliseconds; `from` is inside, `to` outside. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Step = 'hour' | 'day' | 'week';

export interface Period extends Span {
  readonly step: Step;
}

export interface Slot {
  readonly start: number;
  /** Outside. */
  readonly end: number;
  /** Short, for the axis. */
  readonly label: string;
  readonly title: string;
}

/** Bars would be too thin beyond so many days, and too few below so many. */
const maxDays = 45;
const minDays = 2;
/** From so many days on the month is named. */
const monthDays = 30;
const minShownDays = 7;

const days = ({ from, to }: Span): number => Math.round((to - from) / (24 * hourMs));
const startOfHour = (ms: number): number => new Date(ms).setMinutes(0, 0, 0);

/** `oldest`: when the first usage was, in milliseconds. */
export function periodOf(range: Range, now: number, oldest: number): Period {
  if (range === '24h') {
    const to = startOfHour(now) + hourMs;
    return { from: to - 24 * hourMs, to, step: 'hour' };
  }
  const to = midnight(now, -1);
  const from =
    range === 'all'
      ? Math.min(midnight(oldest), midnight(now, minShownDays - 1))
      : midnight(now, range === '7d' ? 6 : 29);
  return spanOf({ from, to });
}

/** A span in pieces that are wide enough to be told apart. */
export function spanOf(span: Span): Period {
  const count = days(span);
  return { ...span, step: count < minDays ? 'hour' : count <= maxDays ? 'day' : 'week' };
}

/** When the piece begins that a time is in. */
export function startOf(step: Step, ms: number): number {
  if (step === 'hour') return startOfHour(ms);
  const start = midnight(ms);
  // Weeks begin on Monday.
  return step === 'day' ? start : midnight(start, (new Date(start).getDay() + 6) % 7);
}

const nextOf = (step: Step, start: number): number =>
  step === 'hour' ? startOfHour(start + hourMs) : midnight(start, step === 'day' ? -1 : -7);

export function slotsOf(period: Period): readonly Slot[] {
  const slots: Slot[] = [];
  const isLong = days(period) >= monthDays;
  for (let start = startOf(period.step, period.from); start < period.to; ) {
    const end = nextOf(period.step, start);
    slots.push({ start, end, ...namesOf(period.step, start, end, isLong) });
    start = end;
  }
  return slots;
}

function namesOf(step: Step, start: number, end: number, isLong: boolean): Pick<Slot, 'label' | 'title'> {
  const title = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' }).format(start);
  if (step === 'hour') return { label: clock(start), title: `${title}, ${clock(start)}–${clock(end)}` };
  const label = isLong ? dateFormat({ day: 'numeric', month: 'short' }).format(start) : weekday(start);
  return step === 'day' ? { label, title } : { label, title: dayRange(start, end - 1) };
}
