// What a client key may do, as the config says it.
import { z } from 'zod';

export const limitMetrics = ['requests', 'tokens', 'cost'] as const;
export type LimitMetric = (typeof limitMetrics)[number];

export const limitPeriods = ['minute', 'hour', 'day', 'week', 'month'] as const;
/** By the local clock: a week begins on Monday. */
export type LimitPeriod = (typeof limitPeriods)[number];

const count = z.int('must be a whole number').min(0, 'must not be negative').optional();

/** One of the metrics with its number, and the period it is counted over. Other metrics are mistakes. */
const limit = z
  .strictObject({
    requests: count,
    /** Input and output. */
    tokens: count,
    /** US dollars by the list price. */
    cost: z.number('must be a number').min(0, 'must not be negative').optional(),
    per: z.enum(limitPeriods, `must be one of ${limitPeriods.join(', ')}`),
  })
  .refine(
    (fields) => limitMetrics.filter((metric) => fields[metric] !== undefined).length === 1,
    'must have exactly one of requests, tokens and cost',
  );

/** A date means through the end of that local day. */
const expires = z.string().refine((text) => expiryOf(text) !== undefined, 'must be a date or a date and time');

export const clientPolicy = z.looseObject({
  /** A key of `api-keys`, or `*` for all that have no policy of their own. */
  'api-key': z.string('must be a client key or *').min(1, 'must be a client key or *'),
  /** The label under which people see the key. */
  name: z.string().optional(),
  expires: expires.optional(),
  /** Patterns (`*`) of the names of models as clients see them; absent: all. */
  models: z.array(z.string()).optional(),
  /** These win over `models`. */
  'excluded-models': z.array(z.string()).optional(),
  /** Patterns (`*`) of the names of providers, key lists and account files; absent: all. */
  sources: z.array(z.string()).optional(),
  limits: z.array(limit).optional(),
  /** Requests at the same time; 0: none. */
  'max-concurrent': count,
});

export type ClientPolicy = z.output<typeof clientPolicy>;

/** Stands for all keys that have no policy of their own. */
export const anyKey = '*';

export const clientPolicies = z.array(clientPolicy).superRefine((policies, context) => {
  const seen = new Set<string>();
  for (const [index, { 'api-key': key }] of policies.entries()) {
    if (seen.has(key))
      context.addIssue({ code: 'custom', path: [index, 'api-key'], message: 'has a second policy for the same key' });
    seen.add(key);
  }
});

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
