// Keeps cooldowns over restarts, for `save-cooldown-status`.

export interface CooldownName {
  /** A digest of the credential, so that a changed key starts from zero. */
  readonly credential: string;
  readonly model: string;
}

export interface StoredCooldown extends CooldownName {
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
  /** Adds or replaces those that changed, and removes those that ended. */
  save(changed: readonly StoredCooldown[], ended: readonly CooldownName[]): Promise<void>;
  /** Where others keep theirs too: the listener is called after they have changed. */
  watch?(listener: () => Promise<void>): void;
}
