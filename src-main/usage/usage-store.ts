// What was used since the start: the gateway records, clients read, export or import.
import type { UsageStatistics, UsageTokens, UsageTotals } from '../../src-shared/contract/usage.ts';
import { Emitter } from '../lib/emitter.ts';
import { mask } from '../lib/mask.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import { rfc3339 } from '../lib/time/local-time.ts';
import { UsageCounters, withTotal } from './counters.ts';
import { newDetails, readUsageExport } from './usage-import.ts';

/** One finished request. */
export interface UsageRecord {
  /** The client key that authorised the request, else `METHOD /route`. */
  readonly api: string;
  readonly model: string;
  /** Who paid, such as an e-mail or a provider key, unmasked: it is kept masked. */
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

/** Changes within this time are told once, so that a busy gateway does not flood whoever listens. */
const quietMs = 250;

export class UsageStore {
  readonly #clock: Clock;
  readonly #counters = new UsageCounters();
  readonly #changed: Emitter<UsageTotals>;
  #enabled = true;
  #statistics: UsageStatistics | undefined;
  #announcement: Disposer | undefined;

  /** `onError` receives what a listener throws. */
  constructor({ clock, onError = () => {} }: { clock: Clock; onError?: (error: unknown) => void }) {
    this.#clock = clock;
    this.#changed = new Emitter(onError);
  }

  /** Off: nothing is recorded. What was gathered stays. */
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
    this.#counters.add({ api, model, timestamp, detail });
    this.#touch();
  }

  /** Everything so far. The same object comes back until something is recorded; nobody may change it. */
  statistics(): UsageStatistics {
    this.#statistics ??= this.#counters.statistics();
    return this.#statistics;
  }

  totals(): UsageTotals {
    return this.#counters.totals;
  }

  export(): UsageExport {
    return { version: 1, exported_at: rfc3339(this.#clock.now()), usage: this.statistics() };
  }

  /** Adds the details of an export; those already there are skipped. Throws Problem `invalid_usage`, changing nothing. */
  import(document: unknown): { added: number; skipped: number } {
    const details = readUsageExport(document);
    const added = newDetails(details, this.statistics());
    for (const detail of added) this.#counters.add(detail);
    if (added.length > 0) this.#touch();
    return { added: added.length, skipped: details.length - added.length };
  }

  /** Tells the totals soon after they have changed. */
  onChange(listener: (totals: UsageTotals) => void): Disposer {
    return this.#changed.on(listener);
  }

  #touch(): void {
    this.#statistics = undefined;
    this.#announcement ??= this.#clock.after(quietMs, () => {
      this.#announcement = undefined;
      this.#changed.emit(this.totals());
    });
  }
}

/** What an upstream reports need not be sane: anything but a whole number of tokens counts as none. */
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
