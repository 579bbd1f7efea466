// The words of client policies, without their schema: the window needs them.

export const limitMetrics = ['requests', 'tokens', 'cost'] as const;
export type LimitMetric = (typeof limitMetrics)[number];

export const limitPeriods = ['minute', 'hour', 'day', 'week', 'month'] as const;
/** By the local clock: a week begins on Monday. */
export type LimitPeriod = (typeof limitPeriods)[number];

/** Stands for all keys that have no policy of their own. */
export const anyKey = '*';

/** When a policy ends, in milliseconds since the epoch; `undefined` for text that is no date. */
export function expiryOf(text: string): number | undefined {
  const written = text.trim();
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(written) ?? [];
  if (day === undefined) return instantOf(written);
  const start = new Date(Number(year), Number(month) - 1, Number(day));
  const isDay = start.getMonth() === Number(month) - 1 && start.getDate() === Number(day);
  return isDay ? new Date(Number(year), Number(month) - 1, Number(day) + 1).getTime() : undefined;
}

/** ISO 8601 with or without offset; without one by the local clock. */
function instantOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:?\d\d)?$/.test(text)) return undefined;
  const time = Date.parse(text.replace(' ', 'T').toUpperCase());
  return Number.isNaN(time) ? undefined : time;
}
