// The limits of keys and accounts: read from every response, kept over restarts, and never asked for unasked.
import type { AccountLimits as AccountLimitsRow } from '../../src-shared/contract/account-limits.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { LimitStore } from '../storage/limit-store.ts';
import { type LimitResponse, type ReadLimits, readLimits, retryAfter } from './limit-headers.ts';
import { type LimitHolder, LimitState } from './limit-state.ts';

/** Until when, in milliseconds since the epoch, a credential is used up: for the model that was asked, or for all. */
export interface UsedUp {
  readonly scope: 'model' | 'credential';
  readonly until: number;
}

/** What windows did. */
export interface LimitChange {
  readonly kind: 'limit-warning' | 'limit-reached' | 'limit-renewed';
  /** Equal for everything that is the same change, also in another program. */
  readonly name: string;
  readonly account: Pick<AccountLimitsRow, 'name' | 'provider'>;
  readonly window: AccountLimitsRow['windows'][number];
}

export interface AccountLimitsOptions {
  readonly store: LimitStore;
  /** What stands for a credential in the store. */
  readonly digest: (credentialId: string) => string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Changes are announced and written so soon. Milliseconds. */
const settleMs = 400;
/** A window that renews is looked at this often at most. Milliseconds. */
const maxWaitMs = 6 * 3600 * 1000;

const saysSomething = ({ windows, plan }: ReadLimits): boolean => windows.length > 0 || plan !== undefined;

export class AccountLimits {
  readonly #options: AccountLimitsOptions;
  /** By digest of the credential. */
  readonly #states = new Map<string, LimitState>();
  readonly #changed: Emitter<AccountLimitsRow>;
  readonly #windowChanged: Emitter<LimitChange>;
  readonly #unsaved = new Set<string>();
  /** What was announced last, to tell a change from a repetition. */
  readonly #announced = new Map<string, string>();
  readonly #loaded: Promise<void>;
  #present: ReadonlySet<string> | undefined;
  #stopSettle: Disposer | undefined;
  #stopRenewal: Disposer | undefined;

  constructor(options: AccountLimitsOptions) {
    this.#options = options;
    const failed = (error: unknown) => options.log.error(`a listener to limits failed: ${String(error)}`);
    this.#changed = new Emitter(failed);
    this.#windowChanged = new Emitter(failed);
    this.#loaded = this.#load();
  }

  /** All of credentials that are there, by name. */
  async list(): Promise<readonly AccountLimitsRow[]> {
    await this.#loaded;
    const now = this.#options.clock.now();
    return [...this.#states]
      .filter(([digest]) => this.#present?.has(digest) !== false)
      .map(([, state]) => state.row(now))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /** Of one credential; empty when nothing is known. */
  windowsOf(
    credentialId: string,
  ): readonly { used: number; resetsAt: number | undefined; isReached: boolean; model: string | undefined }[] {
    const state = this.#states.get(this.#options.digest(credentialId));
    return (state?.windows ?? []).map(({ used, resetsAt, status, model }) => ({
      ...{ used, resetsAt, isReached: status === 'reached', model },
    }));
  }

  /** Called with the head of every response; what is used up after a 429 that says so. */
  seen(holder: LimitHolder, response: Omit<LimitResponse, 'now'>): UsedUp | undefined {
    const now = this.#options.clock.now();
    const read = readLimits({ ...response, now });
    // Most responses say nothing of limits, and finding the credential costs more than all the rest here.
    if (saysSomething(read)) this.#take(holder, read, 'answer');
    return response.status === 429 ? usedUp(read, retryAfter(response.headers, now)) : undefined;
  }

  /** What a provider said when it was asked. */
  asked(holder: LimitHolder, read: ReadLimits): AccountLimitsRow {
    const state = this.#take(holder, read, 'asked');
    return state.row(this.#options.clock.now());
  }

  /** Told of a credential's limits soon after they have changed. */
  onChange(listener: (account: AccountLimitsRow) => void): Disposer {
    return this.#changed.on(listener);
  }

  /** Told of windows that fill and renew, each time once. */
  onWindowChange(listener: (change: LimitChange) => void): Disposer {
    return this.#windowChanged.on(listener);
  }

  /** The credentials there are. */
  keepOnly(credentialIds: ReadonlySet<string>): void {
    this.#present = new Set([...credentialIds].map(this.#options.digest));
  }

  async close(): Promise<void> {
    this.#stopRenewal?.();
    this.#stopSettle?.();
    await this.#loaded;
    await this.#save();
  }

  #take(holder: LimitHolder, read: ReadLimits, from: AccountLimitsRow['from']): LimitState {
    const digest = this.#options.digest(holder.id);
    const known = this.#states.get(digest);
    const state = known ?? new LimitState(holder);
    if (!saysSomething(read)) return state;
    this.#states.set(digest, state);
    const now = this.#options.clock.now();
    for (const { kind, window, instance } of state.take(read, from, now)) {
      const name = `${kind} ${digest} ${window.id} ${instance}`;
      this.#windowChanged.emit({ kind, name, account: { name: holder.name, provider: holder.provider }, window });
    }
    this.#unsaved.add(digest);
    this.#settleSoon();
    return state;
  }

  #settleSoon(): void {
    this.#stopSettle ??= this.#options.clock.after(settleMs, () => {
      this.#stopSettle = undefined;
      this.#announce();
      void this.#save();
      this.#watchRenewal();
    });
  }

  #announce(): void {
    const now = this.#options.clock.now();
    for (const digest of this.#unsaved) {
      const row = this.#states.get(digest)?.row(now);
      if (row === undefined) continue;
      const shown = shownOf(row);
      if (this.#announced.get(digest) === shown) continue;
      this.#announced.set(digest, shown);
      this.#changed.emit(row);
    }
  }

  /** Waits for the next window that warned or was reached to renew. */
  #watchRenewal(): void {
    this.#stopRenewal?.();
    const { clock } = this.#options;
    const next = Math.min(...[...this.#states.values()].map((state) => state.nextRenewal));
    if (!Number.isFinite(next)) return;
    const ms = Math.min(Math.max(next - clock.now() + 50, 50), maxWaitMs);
    this.#stopRenewal = clock.after(ms, () => this.#renew());
  }

  #renew(): void {
    const now = this.#options.clock.now();
    for (const [digest, state] of this.#states) {
      for (const { kind, window, instance } of state.renew(now)) {
        const { name, provider } = state;
        this.#windowChanged.emit({
          kind,
          name: `${kind} ${digest} ${window.id} ${instance}`,
          account: { name, provider },
          window,
        });
        this.#unsaved.add(digest);
      }
    }
    if (this.#unsaved.size > 0) this.#settleSoon();
    this.#watchRenewal();
  }

  async #load(): Promise<void> {
    const { store, log, clock } = this.#options;
    try {
      for (const { credential, seenAt, content } of await store.load()) {
        const state = LimitState.read(content, seenAt);
        // What was said meanwhile is newer.
        if (state === undefined || this.#states.has(credential)) continue;
        this.#states.set(credential, state);
        this.#announced.set(credential, shownOf(state.row(clock.now())));
      }
      this.#renew();
    } catch (error) {
      log.debug(`no limits were read: ${(error as Error).message}`);
    }
  }

  async #save(): Promise<void> {
    const { store, log } = this.#options;
    const digests = [...this.#unsaved];
    if (digests.length === 0) return;
    this.#unsaved.clear();
    const stored = digests.flatMap((credential) => {
      const state = this.#states.get(credential);
      return state === undefined ? [] : [{ credential, seenAt: state.seenAt, content: state.content }];
    });
    try {
      await store.save(stored);
    } catch (error) {
      for (const digest of digests) this.#unsaved.add(digest);
      log.debug(`limits were not written: ${(error as Error).message}`);
    }
  }
}

const shownOf = ({ name, plan, windows }: AccountLimitsRow): string => JSON.stringify([name, plan, windows]);

/** One model, when all that is used up is its family's; undefined when no window is. */
function usedUp({ windows }: ReadLimits, askedAt: number | undefined): UsedUp | undefined {
  // A pause that names no window says nothing of the other models.
  const reached = windows.filter(({ id, status }) => status === 'reached' && id !== 'retry-after');
  if (reached.length === 0) return undefined;
  const resets = [...reached.map(({ resetsAt }) => resetsAt), askedAt].filter((ms) => ms !== undefined);
  if (resets.length === 0) return undefined;
  return {
    scope: reached.every(({ model }) => model !== undefined) ? 'model' : 'credential',
    until: Math.max(...resets),
  };
}
