// The usage statistics of all instances on one database, summed from what is kept by the hour. The newest requests stand
// in them one by one, as clients expect it.
import type { RequestRecord } from '../../src-shared/contract/requests.ts';
import type { UsageStatistics } from '../../src-shared/contract/usage.ts';
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';
import { mask } from '../lib/mask.ts';
import { localDay, localHour, rfc3339 } from '../lib/time/local-time.ts';
import { withTotal } from './counters.ts';

/** Of those that stand one by one. */
const maxDetails = 1_000;

export interface SharedStatisticsOptions {
  /** With keys in clear. */
  readonly hours: () => Promise<readonly UsageHour[]>;
  /** Newest first. */
  readonly newest: (limit: number) => Promise<readonly RequestRecord[]>;
  readonly keyId: (key: string) => string;
  readonly clientKeys: () => readonly string[];
}

type Api = { -readonly [K in keyof UsageStatistics['apis'][string]]: UsageStatistics['apis'][string][K] };

/** Rejects while the store cannot be read. */
export async function sharedStatistics(options: SharedStatisticsOptions): Promise<UsageStatistics> {
  const [hours, records] = await Promise.all([options.hours(), options.newest(maxDetails)]);
  const apis = new Map<string, Api>();
  const totals = { total_requests: 0, success_count: 0, failure_count: 0, total_tokens: 0 };
  const by = { days: new Map<string, Counts>(), hours: new Map<string, Counts>() };
  for (const hour of hours) {
    const { requests, failed, total } = hour;
    const api = apis.get(hour.api) ?? { ...emptyTotals, models: {} };
    apis.set(hour.api, api);
    for (const sums of [totals, api]) {
      sums.total_requests += requests;
      sums.success_count += requests - failed;
      sums.failure_count += failed;
      sums.total_tokens += total;
    }
    const model = api.models[hour.model] ?? { total_requests: 0, total_tokens: 0, details: [] };
    api.models[hour.model] = model;
    model.total_requests += requests;
    model.total_tokens += total;
    const time = hour.hour * 1_000;
    addTo(by.days, localDay(time), requests, total);
    addTo(by.hours, localHour(time), requests, total);
  }
  addDetails(apis, records, options);
  return {
    ...totals,
    apis: Object.fromEntries(sorted(apis)),
    requests_by_day: viewOf(by.days, 'requests'),
    requests_by_hour: viewOf(by.hours, 'requests'),
    tokens_by_day: viewOf(by.days, 'tokens'),
    tokens_by_hour: viewOf(by.hours, 'tokens'),
  };
}

const emptyTotals = { total_requests: 0, success_count: 0, failure_count: 0, total_tokens: 0 };

interface Counts {
  requests: number;
  tokens: number;
}

function addTo(map: Map<string, Counts>, name: string, requests: number, tokens: number): void {
  const counts = map.get(name) ?? { requests: 0, tokens: 0 };
  map.set(name, counts);
  counts.requests += requests;
  counts.tokens += tokens;
}

/** Only where the sums have them: counting may have been off. */
function addDetails(apis: Map<string, Api>, records: readonly RequestRecord[], options: SharedStatisticsOptions): void {
  const keys = new Map(options.clientKeys().map((key) => [options.keyId(key), key]));
  for (const record of records.toReversed()) {
    const api = apis.get((record.key_id === null ? undefined : keys.get(record.key_id)) ?? record.key ?? '');
    const model = api?.models[record.model_sent ?? ''] ?? api?.models[record.model ?? ''];
    if (model === undefined || record.state !== 'done') continue;
    const { input, output, reasoning, cache_read: cached } = record.tokens;
    model.details.push({
      timestamp: rfc3339(Date.parse(record.started_at)),
      source: mask(record.credential ?? ''),
      tokens: withTotal({
        ...{ input_tokens: input ?? 0, output_tokens: output ?? 0, reasoning_tokens: reasoning ?? 0 },
        ...{ cached_tokens: cached ?? 0, total_tokens: 0 },
      }),
      failed: record.outcome !== 'success',
    });
  }
}

const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].sort(([one], [other]) => (one < other ? -1 : 1));

const viewOf = (map: ReadonlyMap<string, Counts>, name: keyof Counts): Record<string, number> =>
  Object.fromEntries(sorted(map).map(([key, counts]) => [key, counts[name]]));
