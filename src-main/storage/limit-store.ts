// Keeps what providers said about their limits, by credential.

/** One document per credential; its content belongs to whoever wrote it. */
export interface StoredLimits {
  /** A digest of the credential, so that a changed key starts from zero. */
  readonly credential: string;
  /** Milliseconds since the epoch; of two programs on one config the newer wins. */
  readonly seenAt: number;
  readonly content: unknown;
}

/** Rejects with `StorageUnavailable` while nothing can be stored. */
export interface LimitStore {
  load(): Promise<readonly StoredLimits[]>;
  save(limits: readonly StoredLimits[]): Promise<void>;
}
