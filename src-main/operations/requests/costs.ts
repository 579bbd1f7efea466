// Handlers of what requests cost.
import type { CostStep, costsContract } from '../../../src-shared/contract/costs.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { RequestHistory } from '../../ledger/request-history.ts';
import { modelPrice, type OwnPrices } from '../../models/model-price.ts';
import type { CostStepSums, RequestSums } from '../../storage/ledger.ts';
import { whileStored } from './requests.ts';
import { timeOf } from './time-parameter.ts';

/** `prices`: what the config says of them. */
export function costHandlers(history: RequestHistory, prices: () => OwnPrices): Implementation<typeof costsContract> {
  return {
    'costs.get': async ({ by, ...range }) => {
      const query = { by, from: timeOf('from', range.from), to: timeOf('to', range.to) };
      const rows = [...(await whileStored(history.sums(query)))].sort(byCost);
      return { by, total: totalOf(rows), rows };
    },
    'costs.history': async ({ step, ...range }) => {
      const query = { step, from: timeOf('from', range.from), to: timeOf('to', range.to) };
      const steps = await whileStored(history.costSteps(query));
      return { step, steps: steps.map((sums) => stepOf(sums, prices())).sort((one, other) => one.start - other.start) };
    },
  };
}

function stepOf({ asked, sent, cacheRead, ...sums }: CostStepSums, prices: OwnPrices): CostStep {
  const { input, cacheRead: read } = modelPrice({ asked, sent, inputTokens: 0 }, prices) ?? {};
  const saved = input === undefined || read === undefined ? 0 : Math.max(0, ((input - read) * cacheRead) / 1e6);
  return { ...sums, model: sent, saved, cache_read: cacheRead };
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
