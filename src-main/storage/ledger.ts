// What the program asks of the store of finished requests, whatever keeps them.
import type { RequestRecord, RouteCandidate } from '../../src-shared/contract/requests.ts';

/** A finished request as it is kept: its record and the candidates it had. Holds no key, token, prompt or response. */
export interface StoredRequest {
  readonly record: RequestRecord;
  readonly route: readonly RouteCandidate[];
}

/** All of it must hold. */
export interface RequestFilter {
  readonly model?: string | undefined;
  readonly key?: string | undefined;
  readonly source?: string | undefined;
  readonly status?: string | undefined;
  /** Milliseconds since the epoch; `from` is inside, `to` outside. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly q?: string | undefined;
}

export interface PageQuery {
  readonly filter: RequestFilter;
  /** Only requests that started before the one of this id. */
  readonly before?: string | undefined;
  readonly limit: number;
}

export type SumsBy = 'model' | 'key' | 'account' | 'day';

/** Costs and tokens of some requests. */
export interface RequestSums {
  readonly id: string;
  readonly name: string;
  /** US dollars of the requests with a price; null when none had one. */
  readonly usd: number | null;
  readonly requests: number;
  /** Requests whose costs are not known. */
  readonly unknown: number;
  readonly tokens: number;
  readonly billed: boolean;
}

export interface SumsQuery {
  readonly by: SumsBy;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface CostStepsQuery {
  readonly step: 'hour' | 'day';
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Costs of one model in one local hour or day, on keys or on accounts. */
export interface CostStepSums {
  /** Milliseconds since the epoch. */
  readonly start: number;
  /** As the client asked for it, and as the provider names it. */
  readonly asked: string;
  readonly sent: string;
  readonly billed: boolean;
  readonly usd: number | null;
  readonly requests: number;
  readonly unknown: number;
  readonly tokens: number;
  readonly input: number;
  readonly cacheRead: number;
}

/** `slots` pieces of `slotMs` from `from` on, in milliseconds. */
export interface ActivityQuery {
  readonly from: number;
  readonly slotMs: number;
  readonly slots: number;
}

/** Tries by piece of time, the oldest first. */
export interface CredentialActivity {
  readonly credential: string;
  readonly answered: readonly number[];
  readonly refused: readonly number[];
}

/** `model`: only those that asked for it, or were sent as it. */
export interface ResponseTimesQuery extends ActivityQuery {
  readonly model?: string | undefined;
}

/** How long successful requests took; null without any. Milliseconds. */
export interface ResponseTimeSlot {
  readonly requests: number;
  readonly median: number | null;
  readonly p95: number | null;
}

/** What is kept, and for how long. 0: no limit. */
export interface Retention {
  readonly days: number;
  readonly maxMb: number;
}

/** All methods reject with `StorageUnavailable` while nothing can be stored. */
export interface Ledger {
  /** Resolves when all of them are in the file; those that are there already are left alone. */
  add(requests: readonly StoredRequest[]): Promise<void>;
  /** Newest start first. */
  page(query: PageQuery): Promise<readonly RequestRecord[]>;
  one(id: string): Promise<StoredRequest | undefined>;
  /** How many were removed. */
  clear(): Promise<number>;
  sums(query: SumsQuery): Promise<readonly RequestSums[]>;
  /** In no order. */
  costSteps(query: CostStepsQuery): Promise<readonly CostStepSums[]>;
  activity(query: ActivityQuery): Promise<readonly CredentialActivity[]>;
  responseTimes(query: ResponseTimesQuery): Promise<readonly ResponseTimeSlot[]>;
  /** Removes what is past its time or beyond the size, the oldest first. How many were removed. */
  prune(retention: Retention): Promise<number>;
}
