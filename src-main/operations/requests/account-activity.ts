// Handler of what accounts did in the last 24 hours.
import type { accountActivityContract } from '../../../src-shared/contract/account-activity.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { AuthFiles } from '../../auth-files/auth-files.ts';
import type { RequestHistory } from '../../ledger/request-history.ts';
import { whileStored } from './requests.ts';

const slotMs = 30 * 60_000;
const slots = 48;

export function accountActivityHandlers(
  history: RequestHistory,
  authFiles: AuthFiles,
): Implementation<typeof accountActivityContract> {
  return {
    'account-activity.list': async () => {
      // The running half hour is the last one.
      const from = (Math.floor(Date.now() / slotMs) + 1 - slots) * slotMs;
      const names = new Set(authFiles.all.map(({ name }) => name));
      const rows = await whileStored(history.activity({ from, slotMs, slots }));
      return {
        from,
        slot_ms: slotMs,
        accounts: rows
          .filter(({ credential }) => names.has(credential))
          .map(({ credential, answered, refused }) => ({
            name: credential,
            answered: [...answered],
            refused: [...refused],
          })),
      };
    },
  };
}
