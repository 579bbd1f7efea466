// The counters behind the usage statistics: per API and model, per day and hour, all bounded.
import type { UsageDetail, UsageStatistics, UsageTokens, UsageTotals } from '../../src-shared/contract/usage.ts';
import { localDay, localHour } from '../lib/time/local-time.ts';

/** One request as it is counted; the detail is what clients get to see of it. */
export interface Counted {
  readonly api: string;
  readonly model: string;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  readonly detail: UsageDetail;
}

interface ModelCounters {
  requests: number;
  tokens: number;
  /** In order of arrival. */
  readonly details: UsageDetail[];
}

interface ApiCounters {
  requests: number;
  failures: number;
  tokens: number;
  readonly models: Map<string, ModelCounters>;
}

interface Bucket {
  requests: number;
  tokens: number;
}

export const maxDetails = 10_000;
export const maxDays = 400;
/** Further APIs, and further models of an API, are counted together under {@link overflow}. */
const maxApis = 1_000;
const maxModels = 500;
const overflow = 'other';
const maxNameLength = 256;

/** Fills in the total where the upstream did not send one; cached tokens count only when there are no others. */
export function withTotal(tokens: UsageTokens): UsageTokens {
  const { input_tokens, output_tokens, reasoning_tokens, cached_tokens, total_tokens } = tokens;
  const total = total_tokens || input_tokens + output_tokens + reasoning_tokens || cached_tokens;
  return { input_tokens, output_tokens, reasoning_tokens, cached_tokens, total_tokens: total };
}

export class UsageCounters {
  readonly #apis = new Map<string, ApiCounters>();
  readonly #days = new Map<string, Bucket>();
  readonly #hours = new Map<string, Bucket>();
  /** The model of every stored detail, oldest first from `#oldest` on. */
  #arrivals: ModelCounters[] = [];
  #oldest = 0;
  #requests = 0;
  #failures = 0;
  #tokens = 0;

  /** The request under the names it is counted under: they are bounded in length and number. */
  add({ api: givenApi, model: givenModel, timestamp, detail }: Counted): Counted {
    const tokens = detail.tokens.total_tokens;
    const failures = detail.failed ? 1 : 0;
    this.#requests += 1;
    this.#failures += failures;
    this.#tokens += tokens;

    const api = slotName(this.#apis, givenApi, maxApis);
    const apiCounters = slot(this.#apis, api, newApi);
    apiCounters.requests += 1;
    apiCounters.failures += failures;
    apiCounters.tokens += tokens;

    const model = slotName(apiCounters.models, givenModel, maxModels);
    const modelCounters = slot(apiCounters.models, model, newModel);
    modelCounters.requests += 1;
    modelCounters.tokens += tokens;
    modelCounters.details.push(detail);
    this.#arrivals.push(modelCounters);
    if (this.#arrivals.length - this.#oldest > maxDetails) this.#dropOldestDetail();

    countInto(this.#days, localDay(timestamp), tokens);
    if (this.#days.size > maxDays) this.#days.delete([...this.#days.keys()].sort()[0] as string);
    countInto(this.#hours, localHour(timestamp), tokens);
    return { api, model, timestamp, detail };
  }

  get totals(): UsageTotals {
    return {
      total_requests: this.#requests,
      success_count: this.#requests - this.#failures,
      failure_count: this.#failures,
      total_tokens: this.#tokens,
    };
  }

  /** The documented format. Later requests do not change an object that was returned. */
  statistics(): UsageStatistics {
    return {
      ...this.totals,
      apis: sortedObject(this.#apis, (api) => ({
        total_requests: api.requests,
        success_count: api.requests - api.failures,
        failure_count: api.failures,
        total_tokens: api.tokens,
        models: sortedObject(api.models, (model) => ({
          total_requests: model.requests,
          total_tokens: model.tokens,
          details: model.details.slice(),
        })),
      })),
      requests_by_day: sortedObject(this.#days, (day) => day.requests),
      requests_by_hour: sortedObject(this.#hours, (hour) => hour.requests),
      tokens_by_day: sortedObject(this.#days, (day) => day.tokens),
      tokens_by_hour: sortedObject(this.#hours, (hour) => hour.tokens),
    };
  }

  #dropOldestDetail(): void {
    this.#arrivals[this.#oldest]?.details.shift();
    this.#oldest += 1;
    if (this.#oldest < maxDetails) return;
    this.#arrivals = this.#arrivals.slice(this.#oldest);
    this.#oldest = 0;
  }
}

const newApi = (): ApiCounters => ({ requests: 0, failures: 0, tokens: 0, models: new Map() });
const newModel = (): ModelCounters => ({ requests: 0, tokens: 0, details: [] });

function slotName(map: ReadonlyMap<string, unknown>, name: string, max: number): string {
  // Readers of JSON drop a key named __proto__, so an export would lose it.
  const own = name === '' || name === '__proto__' ? 'unknown' : name.slice(0, maxNameLength);
  return map.has(own) || map.size < max ? own : overflow;
}

function slot<T>(map: Map<string, T>, key: string, create: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const fresh = create();
  map.set(key, fresh);
  return fresh;
}

function countInto(buckets: Map<string, Bucket>, key: string, tokens: number): void {
  const bucket = buckets.get(key);
  if (bucket === undefined) {
    buckets.set(key, { requests: 1, tokens });
  } else {
    bucket.requests += 1;
    bucket.tokens += tokens;
  }
}

/** In order of keys, except for those like `10`, which JavaScript puts first. */
function sortedObject<T, U>(map: ReadonlyMap<string, T>, view: (value: T) => U): Record<string, U> {
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, value]) => [key, view(value)]));
}
