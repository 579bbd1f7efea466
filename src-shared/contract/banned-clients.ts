// Who presented no or a wrong management key, and letting in again whoever was shut out for it.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { ok } from './helpers/done.ts';

const refusedClient = z.object({
  address: z.string(),
  /** On this machine: counted, never shut out. */
  local: z.boolean(),
  /** As the client calls itself, `''` when it does not. */
  agent: z.string(),
  /** In a row, without a right key between. */
  failures: z.int().min(1),
  /** What was wrong the last time. */
  reason: z.enum(['missing', 'wrong']),
  /** RFC 3339. */
  last: z.string(),
  /** RFC 3339, `''` while it is not shut out. */
  banned_until: z.string(),
});
export type RefusedClient = z.output<typeof refusedClient>;

export const refusedClientsContract = {
  'refused-clients.list': operation({
    summary: 'Who presented no or a wrong management key lately; those shut out first',
    input: z.undefined(),
    output: z.object({ clients: z.array(refusedClient) }),
    http: { method: 'GET', path: '/refused-clients' },
  }),
  // Whoever holds the key may do this: who is shut out does not get as far as here, whatever key is sent.
  'refused-clients.unblock': operation({
    summary: 'Let a client in again that was shut out for wrong keys',
    input: z.object({ address: z.string() }),
    output: ok,
    http: {
      method: 'DELETE',
      path: '/refused-clients',
      query: ['address'],
      decode: ({ query }) => ({ address: query.address ?? '' }),
    },
  }),
};
