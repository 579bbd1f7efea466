// Handlers of the usage that is kept across restarts.
import { done } from '../../src-shared/contract/helpers/done.ts';
import type { usageHistoryContract } from '../../src-shared/contract/usage-history.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import type { UsageHistory } from '../usage/usage-history.ts';
import { whileStored } from './requests/requests.ts';

export function usageHistoryHandlers(history: UsageHistory): Implementation<typeof usageHistoryContract> {
  return {
    'usage-history.get': async () => {
      const { keep, hours } = await history.read();
      return { keep, hours: [...hours] };
    },
    'usage-history.set': async ({ keep }) => {
      await whileStored(history.setKeep(keep));
      return done;
    },
  };
}
