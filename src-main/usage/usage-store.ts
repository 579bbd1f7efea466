// Usage since the start: the gateway records it, clients read, export or import it.
import type { UsageStatistics, UsageTokens, UsageTotals } from '../../src-shared/contract/usage.ts';
import { Emitter } from '../lib/emitter.ts';
import { mask } from '../lib/mask.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import { rfc3339 } from '../lib/time/local-time.ts';
import { type Counted, UsageCounters, withTotal } from './counters.ts';
import { newDetails, readUsageExport } from './usage-import.ts';

/** One finished request. */
export interface UsageRecord {
  /** The client key that authorised the request, else `METHOD /route`. */
  readonly api: string;
  readonly model: string;
  /** The account or key that paid, such as an e-mail, unmasked: it is stored masked. */
  readonly source: string;
  readonly tokens: UsageTokens;
  readonly failed: boolean;
  /** When the request began, in milliseconds since the epoch. */
  readonly timestamp: number;
}

export interface UsageExport {
  readonly version: 1;
  readonly exported_at: string;
  readonly usage: UsageStatistics;
}

/** Listeners are notified at most this often, so that a busy gateway does not flood them. */
const notifyMs = 250;

export class UsageStore {
  readonly #clock: Clock;
  readonly #counters = new UsageCounters();
  readonly #changed: Emitter<UsageTotals>;
  readonly #counted: Emitter<Counted>;
  #enabled = true;
  #statistics: UsageStatistics | undefined;
  #notification: Disposer | undefined;

  /** `onError` receives what a listener throws. */
  constructor({ clock, onError = () => {} }: { clock: Clock; onError?: (error: unknown) => void }) {
    this.#clock = clock;
    this.#changed = new Emitter(onError);
    this.#counted = new Emitter(onError);
  }

  /** Off: nothing more is recorded. What has been recorded stays. */
  setEnabled(on: boolean): void {
    this.#enabled = on;
  }

  record({ api, model, source, tokens, failed, timestamp }: UsageRecord): void {
    if (!this.#enabled) return;
    const detail = {
      timestamp: rfc3339(timestamp),
      source: mask(source),
      tokens: withTotal(counted(tokens)),
      failed,
    };
    this.#add({ api, model, timestamp, detail });
    this.#scheduleNotification();
  }

  /** Everything so far. Returns the same object until something is recorded; it must not be changed. */
  statistics(): UsageStatistics {
    this.#statistics ??= this.#counters.statistics();
    return this.#statistics;
  }

  totals(): UsageTotals {
    return this.#counters.totals;
  }

  export(usage = this.statistics()): UsageExport {
    return { version: 1, exported_at: rfc3339(this.#clock.now()), usage };
  }

  /** Adds the details of an export; those already there are skipped. Throws Problem `invalid_usage`, changing nothing. */
  import(document: unknown): { added: number; skipped: number } {
    const details = readUsageExport(document);
    const added = newDetails(details, this.statistics());
    for (const detail of added) this.#add(detail);
    if (added.length > 0) this.#scheduleNotification();
    return { added: added.length, skipped: details.length - added.length };
  }

  /** Called with the totals soon after they have changed. */
  onChange(listener: (totals: UsageTotals) => void): Disposer {
    return this.#changed.on(listener);
  }

  /** Called at once with every request that is counted, recorded or imported. */
  onCounted(listener: (request: Counted) => void): Disposer {
    return this.#counted.on(listener);
  }

  #add(request: Counted): void {
    this.#counted.emit(this.#counters.add(request));
  }

  #scheduleNotification(): void {
    this.#statistics = undefined;
    this.#notification ??= this.#clock.after(notifyMs, () => {
      this.#notification = undefined;
      this.#changed.emit(this.totals());
    });
  }
}

/** Upstreams may report anything: all but a whole number of tokens counts as none. */
function counted(tokens: UsageTokens): UsageTokens {
  const sane = (value: number) => (Number.isSafeInteger(value) && value > 0 ? value : 0);
  return {
    input_tokens: sane(tokens.input_tokens),
    output_tokens: sane(tokens.output_tokens),
    reasoning_tokens: sane(tokens.reasoning_tokens),
    cached_tokens: sane(tokens.cached_tokens),
    total_tokens: sane(tokens.total_tokens),
  };
}
