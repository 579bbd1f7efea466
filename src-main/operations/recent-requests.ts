// Handler of how the last requests of clients ended.
import type { RecentRequest, recentRequestsContract } from '../../src-shared/contract/recent-requests.ts';
import type { Implementation } from '../../src-shared/operation.ts';

/** The gateway, which answers them. */
export interface RecentRequests {
  recentRequests(): readonly RecentRequest[];
}

export const recentRequestHandlers = (gateway: RecentRequests): Implementation<typeof recentRequestsContract> => ({
  'recent-requests.list': () => ({ requests: [...gateway.recentRequests()] }),
});
