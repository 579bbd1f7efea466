// Handlers of the usage statistics.
import type { UsageStatistics, usageContract } from '../../src-shared/contract/usage.ts';
import type { Implementation, Output } from '../../src-shared/operation.ts';
import type { UsageQueue } from '../usage/usage-queue.ts';
import type { UsageStore } from '../usage/usage-store.ts';

/** Recent traffic per provider and key, as the gateway counts it. */
export type KeyUsage = () => Output<(typeof usageContract)['api-key-usage.get']>;

export function usageHandlers(
  usage: UsageStore,
  statistics: () => UsageStatistics | Promise<UsageStatistics>,
  queue: Pick<UsageQueue, 'take'>,
  keyUsage: KeyUsage,
): Implementation<typeof usageContract> {
  return {
    'usage.get': async () => {
      const all = await statistics();
      return { usage: all, failed_requests: all.failure_count };
    },
    'usage.export': async () => usage.export(await statistics()),
    'usage.import': ({ document }) => ({ status: 'ok', ...usage.import(document) }),
    'usage-queue.take': ({ count }) => [...queue.take(count)],
    'api-key-usage.get': () => keyUsage(),
  };
}
