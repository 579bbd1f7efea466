// Usage by the hour, kept across restarts.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { ok } from './helpers/done.ts';

const count = z.int().min(0);

/** One hour of one combination of client key, model and source. */
const usageHour = z.object({
  /** Start of the hour, Unix seconds. */
  hour: z.int(),
  api: z.string(),
  model: z.string(),
  source: z.string(),
  /** When the last of its requests began, Unix seconds. */
  last: z.int(),
  requests: count,
  failed: count,
  input: count,
  output: count,
  reasoning: count,
  cached: count,
  total: count,
});
export type UsageHour = z.output<typeof usageHour>;

export const usageHistoryContract = {
  'usage-history.get': operation({
    summary: 'Usage by the hour, kept across restarts',
    input: z.undefined(),
    output: z.object({ keep: z.boolean(), hours: z.array(usageHour) }),
    http: { method: 'GET', path: '/usage-history' },
  }),
  'usage-history.set': operation({
    summary: 'Keep usage across restarts, or stop and forget what was kept',
    input: z.object({ keep: z.boolean() }),
    output: ok,
    http: { method: 'PUT', path: '/usage-history', body: 'json' },
  }),
};
