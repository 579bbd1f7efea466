// Who changed what.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { actorKind } from './helpers/actor-kind.ts';

/** What happened; the window finds the words. `subject` names the key, file or provider it is about. */
const activityEntry = z.object({
  /** RFC 3339. */
  time: z.string(),
  actor: actorKind,
  kind: z.enum(['config', 'config-broken', 'login', 'account-added', 'account-removed', 'server']),
  subject: z.string(),
  /** Config keys that changed. */
  keys: z.array(z.string()),
});
export type ActivityEntry = z.output<typeof activityEntry>;

export const activityContract = {
  'activity.list': operation({
    summary: 'Who changed what since the start, newest first',
    input: z.undefined(),
    output: z.object({ entries: z.array(activityEntry) }),
    http: { method: 'GET', path: '/activity' },
  }),
};
