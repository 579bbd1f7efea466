// Handler of what happened since the start.
import type { activityContract } from '../../src-shared/contract/activity.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import type { Activity } from '../diagnostics/activity.ts';

export const activityHandlers = (activity: Activity): Implementation<typeof activityContract> => ({
  'activity.list': () => ({ entries: activity.list() }),
});
