// Clients that sent no or a wrong management key, and ending the ban of one.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { ok } from './helpers/done.ts';

const rejectedClient = z.object({
  address: z.string(),
  /** On this machine: counted, never banned. */
  local: z.boolean(),
  /** As the client calls itself, `''` when it does not. */
  agent: z.string(),
  /** In a row, without a right key between. */
  failures: z.int().min(1),
  /** What was wrong the last time. */
  reason: z.enum(['missing', 'wrong']),
  /** RFC 3339. */
  last: z.string(),
  /** RFC 3339, `''` while it is not banned. */
  banned_until: z.string(),
});
export type RejectedClient = z.output<typeof rejectedClient>;

export const bannedClientsContract = {
  'banned-clients.list': operation({
    summary: 'Clients that recently sent no or a wrong management key, banned ones first',
    input: z.undefined(),
    output: z.object({ clients: z.array(rejectedClient) }),
    http: { method: 'GET', path: '/refused-clients' },
  }),
  // Any client with the key may do this: requests of a banned client are rejected earlier, whatever key they send.
  'banned-clients.unban': operation({
    summary: 'End the ban of a client',
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
