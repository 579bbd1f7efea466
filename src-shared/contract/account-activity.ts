// What account files did in the last 24 hours.
import { z } from 'zod';
import { operation } from '../operation.ts';

const count = z.int().min(0);

const activitySlots = z.object({
  /** The account file. */
  name: z.string(),
  /** Requests by half hour, the oldest first. */
  answered: z.array(count),
  /** Tries that the provider refused or did not answer; what clients got wrong is not among them. */
  refused: z.array(count),
});
export type ActivitySlots = z.output<typeof activitySlots>;

const accountActivity = z.object({
  /** Start of the first half hour, milliseconds since the epoch. */
  from: z.int(),
  slot_ms: z.int(),
  /** Accounts without a request are left out. */
  accounts: z.array(activitySlots),
});
export type AccountActivity = z.output<typeof accountActivity>;

export const accountActivityContract = {
  'account-activity.list': operation({
    summary: 'What accounts answered and refused in the last 24 hours, by half hour, from the history of requests',
    input: z.undefined(),
    output: accountActivity,
    http: { method: 'GET', path: '/account-activity' },
  }),
};
