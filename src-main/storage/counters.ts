// What each client used within the windows of its limits.

export type Period = 'minute' | 'hour' | 'day' | 'week' | 'month';
export type LimitMetric = 'requests' | 'tokens' | 'cost';

/** One window of the clock. */
export interface CounterWindow {
  readonly per: Period;
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
}

export interface CounterLimit extends CounterWindow {
  readonly metric: LimitMetric;
  /** Requests, tokens, or US dollars. */
  readonly max: number;
}

export interface CounterRow extends CounterWindow {
  readonly client: string;
  readonly requests: number;
  readonly tokens: number;
  /** US dollars. */
  readonly cost: number;
}

export interface BookedUse {
  readonly requests?: number;
  readonly tokens: number;
  readonly cost: number;
}

/** The limits that left no room; empty: the request is counted. */
export type Refusal = readonly CounterLimit[];

/**
 * `client` is a `key_id` or a word for all clients together. Changes are on the disk (write-ahead log) when a method
 * resolves. All methods reject with `StorageUnavailable` while nothing can be stored.
 */
export interface Counters {
  /**
   * Counts one request in each of `windows`, unless a limit is reached: one more request than `max`, or tokens or costs
   * that are at `max` already. All or nothing, in one transaction.
   */
  reserve(client: string, windows: readonly CounterWindow[], limits: readonly CounterLimit[]): Promise<Refusal>;
  /** Takes a counted request back from the same windows. */
  giveBack(client: string, windows: readonly CounterWindow[]): Promise<void>;
  /** Adds what finished requests used, and `requests` that were not reserved; below 0 none. `cost` in US dollars. */
  book(client: string, windows: readonly CounterWindow[], used: BookedUse): Promise<void>;
  /** Rows of these windows that are not zero. */
  used(clients: readonly string[], windows: readonly CounterWindow[]): Promise<readonly CounterRow[]>;
}
