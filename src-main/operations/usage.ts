// Handlers of the usage statistics.
import type { usageContract } from '../../src-shared/contract/usage.ts';
import type { Implementation, Output } from '../../src-shared/operation.ts';
import type { UsageQueue } from '../usage/usage-queue.ts';
import type { UsageStore } from '../usage/usage-store.ts';

/** Recent traffic per provider and key, as the gateway counts it. */
export type KeyUsage = () => Output<(typeof usageContract)['api-key-usage.get']>;

export function usageHandlers(
  usage: UsageStore,
  queue: Pick<UsageQueue, 'take'>,
  keyUsage: KeyUsage,
): Implementation<typeof usageContract> {
  return {
    'usage.get': () => {
      const statistics = usage.statistics();
      return { usage: statistics, failed_requests: statistics.failure_count };
    },
    'usage.export': () => usage.export(),
    'usage.import': ({ document }) => ({ status: 'ok', ...usage.import(document) }),
    'usage-queue.take': ({ count }) => [...queue.take(count)],
    'api-key-usage.get': () => keyUsage(),
  };
}
