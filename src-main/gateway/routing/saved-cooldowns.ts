// Cooldowns over restarts, for `save-cooldown-status`, and between instances that share them.
import type { Logger } from '../../lib/logger.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import type { CooldownStore, StoredCooldown } from '../../storage/cooldown-store.ts';
import type { Cooldowns } from './cooldowns.ts';
import type { Credential } from './credential.ts';

/** Changes that come together are one write. Milliseconds. */
const gatherMs = { alone: 100, shared: 50 } as const;
/** After a write that failed. Milliseconds. */
const retryMs = 2_000;
/** Ends that are closer to each other are the same: they went through the clock of a database. Milliseconds. */
const sameEndMs = 1_000;

export interface SavedCooldownsOptions {
  readonly cooldowns: Cooldowns;
  readonly store: CooldownStore;
  /** Those there are at present. */
  readonly credentials: () => readonly Credential[];
  /** What stands for a credential in the store: another one once its key has changed. */
  readonly digest: (credentialId: string) => string;
  /** What is shared with others is always kept. */
  readonly isEnabled: () => boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

export class SavedCooldowns {
  readonly #options: SavedCooldownsOptions;
  readonly #unsubscribe: Disposer;
  readonly #isShared: boolean;
  /** As they are stored, as far as is known here. */
  #stored: ReadonlyMap<string, StoredCooldown> = new Map();
  #stopTimer: Disposer | undefined;
  #isClosed = false;

  constructor(options: SavedCooldownsOptions) {
    this.#options = options;
    this.#isShared = options.store.watch !== undefined;
    this.#unsubscribe = options.cooldowns.onChange(() => this.save());
    options.store.watch?.(() => this.#takeOver());
  }

  /** Takes up what still runs. Never rejects: without the store all are ready. */
  async restore(): Promise<void> {
    const { cooldowns, store, log } = this.#options;
    if (!this.#isEnabled()) return;
    try {
      const stored = await store.load();
      this.#stored = byName(stored);
      for (const { credentialId, state } of this.#known(stored)) cooldowns.restore({ credentialId, ...state });
    } catch (error) {
      log.warning(`cooldowns of the last run cannot be read: ${(error as Error).message}`);
    }
  }

  /** Writes what there is, soon. */
  save(): void {
    if (this.#isEnabled()) this.#writeIn(gatherMs[this.#isShared ? 'shared' : 'alone']);
  }

  /** Writes what has not been written. */
  async close(): Promise<void> {
    this.#unsubscribe();
    this.#isClosed = true;
    if (this.#stopTimer === undefined) return;
    this.#stopTimer();
    await this.#write();
  }

  #isEnabled(): boolean {
    return this.#isShared || this.#options.isEnabled();
  }

  #writeIn(ms: number): void {
    this.#stopTimer ??= this.#options.clock.after(ms, () => void this.#write());
  }

  async #write(): Promise<void> {
    this.#stopTimer = undefined;
    const { cooldowns, store, digest, credentials, clock, log } = this.#options;
    const now = byName(
      cooldowns.states().map(({ credentialId, ...state }) => ({ credential: digest(credentialId), ...state })),
    );
    const present = new Set(credentials().map(({ id }) => digest(id)));
    const changed = [...now].flatMap(([name, state]) => (isSame(this.#stored.get(name), state) ? [] : [state]));
    // A credential that is not here may still be there for others.
    const ended = [...this.#stored].flatMap(([name, state]) =>
      !now.has(name) && state.until > clock.now() && (present.has(state.credential) || !this.#isShared) ? [state] : [],
    );
    if (changed.length + ended.length === 0) return;
    try {
      await store.save(changed, ended);
      this.#stored = now;
    } catch (error) {
      log.warning(`cooldowns cannot be saved: ${(error as Error).message}`);
      if (this.#isShared && !this.#isClosed) this.#writeIn(retryMs);
    }
  }

  /** What others found out; what was found out here and is not stored yet is newer. */
  async #takeOver(): Promise<void> {
    const { cooldowns, store, digest } = this.#options;
    if (this.#stopTimer !== undefined) {
      this.#stopTimer();
      await this.#write();
    }
    const before = this.#stored;
    const stored = await store.load();
    this.#stored = byName(stored);
    const own = byName(
      cooldowns.states().map(({ credentialId, ...state }) => ({ credential: digest(credentialId), ...state })),
    );
    for (const { credentialId, state } of this.#known(stored)) {
      if (!isSame(own.get(nameOf(state)), state)) cooldowns.adopt({ credentialId, ...state });
    }
    for (const { credentialId, state } of this.#known([...before.values()])) {
      if (!this.#stored.has(nameOf(state))) cooldowns.end(credentialId, state.model);
    }
  }

  /** Those of credentials that there are. */
  #known(states: readonly StoredCooldown[]) {
    const { credentials, digest } = this.#options;
    const ids = new Map(credentials().map(({ id }) => [digest(id), id]));
    return states.flatMap((state) => {
      const credentialId = ids.get(state.credential);
      return credentialId === undefined ? [] : [{ credentialId, state }];
    });
  }
}

const nameOf = ({ credential, model }: Pick<StoredCooldown, 'credential' | 'model'>) => `${credential}\n${model}`;

const byName = (states: readonly StoredCooldown[]) => new Map(states.map((state) => [nameOf(state), state]));

function isSame(one: StoredCooldown | undefined, other: StoredCooldown): boolean {
  if (one === undefined || Math.abs(one.until - other.until) > sameEndMs) return false;
  return one.kind === other.kind && one.status === other.status && one.level === other.level;
}
