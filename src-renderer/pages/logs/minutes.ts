// The lines of the log by minute, for the strip above them.
import type { LogLine } from './log-line.ts';

export interface Minute {
  /** Milliseconds since the epoch, by the clock of this window. */
  readonly start: number;
  readonly lines: number;
  readonly errors: number;
  /** Of its first line; undefined without one. */
  readonly first: number | undefined;
}

const minuteMs = 60_000;
/** Wider than this the bars would be too thin; then each stands for several minutes. */
const maxBars = 160;
const stamp = /^\[(\d{4}-\d\d-\d\d) (\d\d:\d\d)/;

/** Oldest first, without gaps. */
export function minutesOf(lines: readonly LogLine[]): readonly Minute[] {
  const times: number[] = [];
  let last = Number.NaN;
  for (const { text } of lines) {
    const [, day, time] = stamp.exec(text) ?? [];
    if (day !== undefined) last = new Date(`${day}T${time}`).getTime();
    // The further lines of a message belong to its minute.
    times.push(last);
  }
  const known = times.filter((time) => !Number.isNaN(time));
  if (known.length === 0) return [];
  const oldest = known.reduce((one, other) => Math.min(one, other));
  const newest = known.reduce((one, other) => Math.max(one, other));
  const width = Math.ceil((newest - oldest + minuteMs) / minuteMs / maxBars) * minuteMs;
  const bars = Array.from({ length: Math.floor((newest - oldest) / width) + 1 }, (_, index) => ({
    start: oldest + index * width,
    lines: 0,
    errors: 0,
    first: undefined as number | undefined,
  }));
  for (const [index, time] of times.entries()) {
    const bar = bars[Math.floor((time - oldest) / width)];
    if (bar === undefined) continue;
    bar.lines += 1;
    if (lines[index]?.level === 'error') bar.errors += 1;
    bar.first ??= index;
  }
  return bars;
}
