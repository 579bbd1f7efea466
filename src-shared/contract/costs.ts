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
};
