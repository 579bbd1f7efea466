// Deliveries that wait for their receiver; they outlive the program.

export interface WaitingDelivery {
  readonly id: string;
  /** A digest of the URL, which may hold a secret. */
  readonly receiver: string;
  /** JSON text. */
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly nextAt: number;
  readonly attempts: number;
}

/** Rejects with `StorageUnavailable` while nothing can be stored. */
export interface WebhookQueue {
  load(): Promise<readonly WaitingDelivery[]>;
  /** Adds or replaces by id; keeps the newest `maxPerReceiver` of each receiver. */
  save(deliveries: readonly WaitingDelivery[], maxPerReceiver: number): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Whether this is the first time: each name is told once, also between two programs on one config. */
  firstTime(name: string): Promise<boolean>;
  /** Holds the right to deliver for `ms` milliseconds; false while another program has it. */
  lease(owner: string, ms: number): Promise<boolean>;
}
