// Handler of how long requests took.
import type { responseTimesContract } from '../../../src-shared/contract/response-times.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { RequestHistory } from '../../ledger/request-history.ts';
import { whileStored } from './requests.ts';
import { timeOf } from './time-parameter.ts';

const defaultSlots = 28;
const maxSlots = 200;

export function responseTimeHandlers(history: RequestHistory): Implementation<typeof responseTimesContract> {
  return {
    'response-times.get': async (query) => {
      const from = timeOf('from', query.from) ?? 0;
      const to = timeOf('to', query.to) ?? Date.now();
      const slots = query.slots === undefined ? defaultSlots : Number(query.slots);
      if (!Number.isInteger(slots) || slots < 1 || slots > maxSlots) {
        throw new Problem('invalid_value', `slots: must be a whole number from 1 to ${maxSlots}.`);
      }
      const slotMs = Math.max(1, Math.ceil((to - from) / slots));
      const found = await whileStored(history.responseTimes({ from, slotMs, slots, model: query.model }));
      return {
        from,
        slot_ms: slotMs,
        slots: found.map(({ requests, median, p95 }) => ({ requests, median_ms: median, p95_ms: p95 })),
      };
    },
  };
}
