// Usage by the hour, kept across restarts though the statistics of the API begin anew with each start.
import type { UsageDetail, UsageStatistics } from '../../src-shared/contract/usage.ts';
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';
import { JsonFile } from '../lib/files/json-file.ts';
import type { Logger } from '../lib/logger.ts';
import { type Clock, type Disposer, systemClock } from '../lib/time/clock.ts';
import type { UsageStore } from './usage-store.ts';

type Sums = { -readonly [K in keyof UsageHour]: UsageHour[K] };

interface Kept {
  readonly keep: boolean;
  readonly hours: readonly UsageHour[];
}

/** The oldest hours go when there are more of them. */
const maxHours = 50_000;
const hourSeconds = 3600;
/** How long after a change it is written. Milliseconds. */
const writeAfterMs = 5_000;

export interface UsageHistoryOptions {
  readonly file: string;
  readonly usage: UsageStore;
  readonly log: Logger;
  readonly clock?: Clock;
}

export class UsageHistory {
  readonly #options: Required<UsageHistoryOptions>;
  readonly #file: JsonFile;
  readonly #hours = new Map<string, Sums>();
  /** Requests of each API and model that are counted already. */
  readonly #counted = new Map<string, number>();
  readonly #stopListening: Disposer;
  #keep: boolean;
  #write: Disposer | undefined;

  private constructor(options: Required<UsageHistoryOptions>, file: JsonFile, { keep, hours }: Kept) {
    this.#options = options;
    this.#file = file;
    this.#keep = keep;
    for (const hour of hours) this.#hours.set(keyOf(hour), { ...hour });
    this.#stopListening = options.usage.onChange(() => this.#scheduleWrite());
  }

  static async open(options: UsageHistoryOptions): Promise<UsageHistory> {
    const file = new JsonFile(options.file);
    return new UsageHistory({ clock: systemClock, ...options }, file, keptIn(await file.read()));
  }

  get keep(): boolean {
    return this.#keep;
  }

  /** In order of time. */
  hours(): UsageHour[] {
    this.#count(this.#options.usage.statistics());
    return [...this.#hours.values()].sort((a, b) => a.hour - b.hour);
  }

  /** Off: what was kept on the disk is forgotten; this run is still counted in memory. */
  async setKeep(keep: boolean): Promise<void> {
    this.#keep = keep;
    await this.#writeNow();
  }

  async close(): Promise<void> {
    this.#stopListening();
    this.#write?.();
    if (this.#keep) await this.#writeNow();
  }

  /** Takes over what has come since the last time: the newest details of each model. */
  #count(statistics: UsageStatistics): void {
    for (const [api, { models }] of Object.entries(statistics.apis)) {
      for (const [model, { total_requests, details }] of Object.entries(models)) {
        const name = `${api}\u0000${model}`;
        const fresh = total_requests - (this.#counted.get(name) ?? 0);
        if (fresh <= 0) continue;
        this.#counted.set(name, total_requests);
        for (const detail of details.slice(-fresh)) this.#add(api, model, detail);
      }
    }
    const surplus = this.#hours.size - maxHours;
    if (surplus <= 0) return;
    const oldest = [...this.#hours].sort(([, a], [, b]) => a.hour - b.hour).slice(0, surplus);
    for (const [key] of oldest) this.#hours.delete(key);
  }

  #add(api: string, model: string, { timestamp, source, tokens, failed }: UsageDetail): void {
    const seconds = Math.floor(Date.parse(timestamp) / 1000);
    if (!Number.isFinite(seconds)) return;
    const hour = seconds - (seconds % hourSeconds);
    const key = keyOf({ hour, api, model, source });
    const sums = this.#hours.get(key) ?? {
      ...{ hour, api, model, source, requests: 0, failed: 0 },
      ...{ input: 0, output: 0, reasoning: 0, cached: 0, total: 0 },
    };
    sums.requests += 1;
    sums.failed += failed ? 1 : 0;
    sums.input += tokens.input_tokens;
    sums.output += tokens.output_tokens;
    sums.reasoning += tokens.reasoning_tokens;
    sums.cached += tokens.cached_tokens;
    sums.total += tokens.total_tokens;
    this.#hours.set(key, sums);
  }

  #scheduleWrite(): void {
    if (!this.#keep) return;
    this.#write ??= this.#options.clock.after(writeAfterMs, () => {
      this.#write = undefined;
      this.#writeNow().catch((error: unknown) =>
        this.#options.log.warning(`the usage history was not written: ${String(error)}`),
      );
    });
  }

  #writeNow(): Promise<void> {
    const kept: Kept = { keep: this.#keep, hours: this.#keep ? this.hours() : [] };
    return this.#file.write(kept);
  }
}

const keyOf = ({ hour, api, model, source }: Pick<UsageHour, 'hour' | 'api' | 'model' | 'source'>) =>
  [hour, api, model, source].join('\u0000');

const numbers = ['hour', 'requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;
const names = ['api', 'model', 'source'] as const;

/** What of a document is usage by the hour; keeping is on until it was switched off. */
function keptIn(document: unknown): Kept {
  const { keep, hours } = (document ?? {}) as Partial<Kept>;
  const isHour = (hour: Partial<UsageHour> | null) =>
    hour !== null &&
    typeof hour === 'object' &&
    numbers.every((name) => Number.isSafeInteger(hour[name])) &&
    names.every((name) => typeof hour[name] === 'string');
  return { keep: keep !== false, hours: Array.isArray(hours) ? hours.filter(isHour) : [] };
}
