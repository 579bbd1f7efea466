// What the program keeps beside its config: requests, counters, limits, cooldowns, owners and waiting webhooks.
import type { Disposer } from '../lib/time/clock.ts';
import type { CooldownStore } from './cooldown-store.ts';
import type { Counters } from './counters.ts';
import type { Ledger } from './ledger.ts';
import type { LimitStore } from './limit-store.ts';
import type { OwnerStore } from './owner-store.ts';
import type { UsageHours } from './usage-hours.ts';
import type { WebhookQueue } from './webhook-queue.ts';

/** Nothing can be stored at present; requests without a limit are served all the same. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable';
}

export type StorageState =
  | { readonly state: 'opening' | 'ready' }
  /** A sentence that says why. */
  | { readonly state: 'unavailable'; readonly reason: string };

export interface Storage {
  readonly ledger: Ledger;
  readonly usage: UsageHours;
  readonly counters: Counters;
  readonly limits: LimitStore;
  readonly cooldowns: CooldownStore;
  readonly owners: OwnerStore;
  readonly webhooks: WebhookQueue;
  readonly file: string;
  readonly state: StorageState;
  /** Where a damaged file was set aside since the start. */
  readonly setAside: string | undefined;
  onStateChange(listener: () => void): Disposer;
  close(): Promise<void>;
}
