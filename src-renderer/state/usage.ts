// Usage by the hour, and the sums the pages show of it.
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';

export interface UsageSum {
  readonly requests: number;
  readonly failed: number;
  readonly input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly cached: number;
  readonly total: number;
}

const fields = ['requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;

export function sum(hours: readonly UsageHour[]): UsageSum {
  const result = { requests: 0, failed: 0, input: 0, output: 0, reasoning: 0, cached: 0, total: 0 };
  for (const hour of hours) for (const field of fields) result[field] += hour[field];
  return result;
}

/** Sums per group, largest first by total tokens and then by requests. */
export function sumBy(
  hours: readonly UsageHour[],
  group: (hour: UsageHour) => string,
): readonly (readonly [string, UsageSum])[] {
  const groups = Map.groupBy(hours, group);
  return [...groups]
    .map(([name, members]) => [name, sum(members)] as const)
    .sort(([, a], [, b]) => b.total - a.total || b.requests - a.requests);
}

/** Hours that began at or after `from`, milliseconds. */
export const since = (hours: readonly UsageHour[], from: number): readonly UsageHour[] =>
  hours.filter(({ hour }) => hour * 1000 >= from);

export const hourMs = 3_600_000;

/** Local midnight of a day, `back` days ago. */
export function midnight(now: number, back = 0): number {
  const date = new Date(now);
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() - back);
  return date.getTime();
}

/** The last `count` hours, oldest first, each with its usage. */
export function lastHours(hours: readonly UsageHour[], now: number, count: number) {
  const end = Math.floor(now / hourMs);
  const groups = Map.groupBy(hours, ({ hour }) => Math.floor((hour * 1000) / hourMs));
  return Array.from({ length: count }, (_, index) => {
    const slot = end - count + 1 + index;
    return { start: slot * hourMs, hours: groups.get(slot) ?? [] };
  });
}
