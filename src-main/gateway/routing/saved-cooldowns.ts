// Cooldowns over restarts, for `save-cooldown-status`.
import type { Logger } from '../../lib/logger.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import type { CooldownStore } from '../../storage/cooldown-store.ts';
import type { Cooldowns } from './cooldowns.ts';
import type { Credential } from './credential.ts';

/** Changes that come together are one write. Milliseconds. */
const gatherMs = 100;

export interface SavedCooldownsOptions {
  readonly cooldowns: Cooldowns;
  readonly store: CooldownStore;
  /** Those there are at present. */
  readonly credentials: () => readonly Credential[];
  /** What stands for a credential in the file: another one once its key has changed. */
  readonly digest: (credentialId: string) => string;
  readonly isEnabled: () => boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

export class SavedCooldowns {
  readonly #options: SavedCooldownsOptions;
  readonly #unsubscribe: Disposer;
  #stopTimer: Disposer | undefined;

  constructor(options: SavedCooldownsOptions) {
    this.#options = options;
    this.#unsubscribe = options.cooldowns.onChange(() => this.save());
  }

  /** Takes up what still runs. Never rejects: without the file all are ready. */
  async restore(): Promise<void> {
    const { cooldowns, store, credentials, digest, isEnabled, log } = this.#options;
    if (!isEnabled()) return;
    try {
      const stored = await store.load();
      const ids = new Map(credentials().map(({ id }) => [digest(id), id]));
      for (const { credential, model, ...state } of stored) {
        const credentialId = ids.get(credential);
        if (credentialId !== undefined) cooldowns.restore({ credentialId, model, ...state });
      }
    } catch (error) {
      log.warning(`cooldowns of the last run cannot be read: ${(error as Error).message}`);
    }
  }

  /** Writes what there is, soon. */
  save(): void {
    if (!this.#options.isEnabled()) return;
    this.#stopTimer ??= this.#options.clock.after(gatherMs, () => void this.#write());
  }

  /** Writes what has not been written. */
  async close(): Promise<void> {
    this.#unsubscribe();
    if (this.#stopTimer === undefined) return;
    this.#stopTimer();
    await this.#write();
  }

  async #write(): Promise<void> {
    this.#stopTimer = undefined;
    const { cooldowns, store, digest, log } = this.#options;
    const rows = cooldowns
      .states()
      .map(({ credentialId, ...state }) => ({ credential: digest(credentialId), ...state }));
    await store.replace(rows).catch((error: unknown) => {
      log.warning(`cooldowns cannot be saved: ${(error as Error).message}`);
    });
  }
}
