// How the last requests of clients ended, and why.
import { z } from 'zod';
import { operation } from '../operation.ts';

const recentRequest = z.object({
  /** RFC 3339, when it ended. */
  time: z.string(),
  /** The client's key, or `METHOD /path` without one. */
  api: z.string(),
  /** As the client asked for it. */
  model: z.string(),
  /** `client`: the client's own mistake, such as a model that nobody offers; `upstream`: no key or account answered. */
  outcome: z.enum(['answered', 'client', 'upstream', 'left']),
  /** HTTP status, of the upstream where one answered. */
  status: z.int(),
  /** Why it failed, without secrets; `''` otherwise. */
  cause: z.string(),
  /** For people: the account, or the provider with its masked key; `''` when nobody could be asked. */
  by: z.string(),
  /** The account's file; `''` for keys. */
  account: z.string(),
  /** The provider's id, or the name that a compatible one has in the config; `''` when nobody could be asked. */
  provider: z.string(),
  milliseconds: z.int().min(0),
});
export type RecentRequest = z.output<typeof recentRequest>;

export const recentRequestsContract = {
  'recent-requests.list': operation({
    summary: 'How the last 20 requests of clients ended, newest first',
    input: z.undefined(),
    output: z.object({ requests: z.array(recentRequest) }),
    http: { method: 'GET', path: '/recent-requests' },
  }),
};
