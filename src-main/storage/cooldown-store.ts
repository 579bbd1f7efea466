// Keeps cooldowns over restarts, for `save-cooldown-status`.

export interface StoredCooldown {
  /** A digest of the credential, so that a changed key starts from zero. */
  readonly credential: string;
  readonly model: string;
  readonly kind: 'hard' | 'soft';
  /** Milliseconds since the epoch. */
  readonly until: number;
  readonly status: number;
  /** How often in a row it cooled down without being told for how long. */
  readonly level: number;
  readonly message: string;
}

/** Rejects with `StorageUnavailable` while nothing can be stored. */
export interface CooldownStore {
  load(): Promise<readonly StoredCooldown[]>;
  /** Takes the place of all that were kept. */
  replace(cooldowns: readonly StoredCooldown[]): Promise<void>;
}
