// What requests cost, or would have cost.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nonEmpty, present } from '../wire.ts';

const count = z.int().min(0);

const sums = {
  /** US dollars of the requests with a price; null when none had one. */
  usd: z.number().nullable(),
  requests: count,
  /** Requests that `usd` leaves out, because their costs are not known. */
  unknown: count,
  tokens: count,
};
const by = z.enum(['model', 'key', 'account', 'day']);
const step = z.enum(['hour', 'day']);

const costStep = z.object({
  /** Start of the local hour or day, milliseconds since the epoch. */
  start: z.int(),
  model: z.string(),
  ...sums,
  /** False where it was on accounts, which have no price per request. */
  billed: z.boolean(),
  /** US dollars that reading from caches saved, at the prices of today. */
  saved: z.number(),
  /** Tokens of prompts, and those of them that came from caches. */
  input: count,
  cache_read: count,
});
export type CostStep = z.output<typeof costStep>;

export const costsContract = {
  'costs.get': operation({
    summary: 'Costs of requests by model, client key, account or local day, the dearest first',
    input: z.object({
      by: by.default('model'),
      /** ISO 8601 or epoch milliseconds; inside. */
      from: z.string().optional(),
      /** Outside. */
      to: z.string().optional(),
    }),
    output: z.object({
      by,
      total: z.object(sums),
      /** `billed`: false when all of it was on accounts, which have no price per request. */
      rows: z.array(z.object({ id: z.string(), name: z.string(), ...sums, billed: z.boolean() })),
    }),
    http: {
      method: 'GET',
      path: '/costs',
      query: ['by', 'from', 'to'],
      decode: ({ query }) => present({ by: nonEmpty(query.by), from: nonEmpty(query.from), to: nonEmpty(query.to) }),
    },
  }),
  'costs.history': operation({
    summary: 'Costs of requests by local hour or day and model, the oldest first',
    input: z.object({
      step: step.default('day'),
      /** ISO 8601 or epoch milliseconds; inside. */
      from: z.string().optional(),
      /** Outside. */
      to: z.string().optional(),
    }),
    output: z.object({ step, steps: z.array(costStep) }),
    http: {
      method: 'GET',
      path: '/costs/history',
      query: ['step', 'from', 'to'],
      decode: ({ query }) =>
        present({ step: nonEmpty(query.step), from: nonEmpty(query.from), to: nonEmpty(query.to) }),
    },
  }),
};
