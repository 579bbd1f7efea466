// The instances of the program that share a database.
import { z } from 'zod';
import { operation } from '../operation.ts';

const instance = z.object({
  name: z.string(),
  version: z.string(),
  address: z.string(),
  /** ISO 8601. */
  started_at: z.string(),
  /** Of its last sign of life. */
  seen_at: z.string(),
  /** Requests under way. */
  running: z.int().min(0),
  /** Whether it is the one that answers. */
  self: z.boolean(),
});
export type Instance = z.output<typeof instance>;

export const instancesContract = {
  'instances.list': operation({
    summary: 'The instances that share the database; none where everything is kept in files',
    input: z.undefined(),
    output: z.object({ instances: z.array(instance) }),
    http: { method: 'GET', path: '/instances' },
  }),
};
