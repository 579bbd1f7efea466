// Usage by the hour, as the program asks its store for it.
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';

/** What an earlier version kept in a file of its own. */
export interface EarlierUsage {
  /** Of the file's content: the same content is taken over once. */
  readonly digest: string;
  readonly kept: boolean;
  readonly hours: readonly UsageHour[];
}

/**
 * `api` of an hour is `<key_id> <masked key>`, or how the request was made without a key. All methods reject with
 * `StorageUnavailable` while nothing can be stored.
 */
export interface UsageHours {
  /** In order of time; none while they are not kept. */
  load(): Promise<{ readonly kept: boolean; readonly hours: readonly UsageHour[] }>;
  /** Adds to what is there; false: they are not kept. */
  add(hours: readonly UsageHour[]): Promise<boolean>;
  /** False removes what is there. */
  setKept(kept: boolean): Promise<void>;
  /** In one transaction. */
  takeOver(earlier: EarlierUsage): Promise<void>;
}
