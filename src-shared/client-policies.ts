// What a client key may do, as the config says it.
import { z } from 'zod';
import { expiryOf, limitMetrics, limitPeriods } from './policy-terms.ts';

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
  /** What becomes of its requests while its limits cannot be counted. */
  'when-uncounted': z.enum(['refuse', 'allow'], 'must be refuse or allow').optional(),
});

export type ClientPolicy = z.output<typeof clientPolicy>;

export const clientPolicies = z.array(clientPolicy).superRefine((policies, context) => {
  const seen = new Set<string>();
  for (const [index, { 'api-key': key }] of policies.entries()) {
    if (seen.has(key))
      context.addIssue({ code: 'custom', path: [index, 'api-key'], message: 'has a second policy for the same key' });
    seen.add(key);
  }
});
