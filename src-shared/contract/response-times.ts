// How long requests took that were answered.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nonEmpty, present } from '../wire.ts';

const ms = z.int().min(0);

const slot = z.object({
  requests: z.int().min(0),
  /** Half of the requests were faster, within two percent; null without requests. */
  median_ms: ms.nullable(),
  /** 95 of 100 were faster. */
  p95_ms: ms.nullable(),
});

const responseTimes = z.object({
  /** Start of the first slot, milliseconds since the epoch. */
  from: z.int(),
  slot_ms: z.int(),
  /** The oldest first. */
  slots: z.array(slot),
});

export const responseTimesContract = {
  'response-times.get': operation({
    summary: 'How long successful requests took in pieces of time: the median and the 95th percentile',
    input: z.object({
      /** ISO 8601 or epoch milliseconds. */
      from: z.string(),
      /** Now when left out. */
      to: z.string().optional(),
      /** How many pieces, from 1 to 200. */
      slots: z.string().optional(),
      /** Asked for, or sent; the whole name. */
      model: z.string().optional(),
    }),
    output: responseTimes,
    http: {
      method: 'GET',
      path: '/response-times',
      query: ['from', 'to', 'slots', 'model'],
      decode: ({ query }) =>
        present({
          from: nonEmpty(query.from),
          to: nonEmpty(query.to),
          slots: nonEmpty(query.slots),
          model: nonEmpty(query.model),
        }),
    },
  }),
};
