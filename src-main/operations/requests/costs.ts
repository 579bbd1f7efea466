// Handler of what requests cost.
import type { costsContract } from '../../../src-shared/contract/costs.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { RequestHistory } from '../../ledger/request-history.ts';
import type { RequestSums } from '../../storage/ledger.ts';
import { whileStored } from './requests.ts';
import { timeOf } from './time-parameter.ts';

export function costHandlers(history: RequestHistory): Implementation<typeof costsContract> {
  return {
    'costs.get': async ({ by, ...range }) => {
      const query = { by, from: timeOf('from', range.from), to: timeOf('to', range.to) };
      const rows = [...(await whileStored(history.sums(query)))].sort(byCost);
      return { by, total: totalOf(rows), rows };
    },
  };
}

/** The dearest first, those without a price last. */
const byCost = (one: RequestSums, other: RequestSums): number =>
  (other.usd ?? -1) - (one.usd ?? -1) || other.requests - one.requests || (one.id < other.id ? -1 : 1);

function totalOf(rows: readonly RequestSums[]) {
  const priced = rows.flatMap(({ usd }) => usd ?? []);
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  return {
    usd: priced.length === 0 ? null : sum(priced),
    requests: sum(rows.map(({ requests }) => requests)),
    unknown: sum(rows.map(({ unknown }) => unknown)),
    tokens: sum(rows.map(({ tokens }) => tokens)),
  };
}
