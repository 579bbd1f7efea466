// Usage by the hour, stored across restarts; the statistics of the API start at zero each time.
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';
import { JsonFile, type UnreadableFile } from '../lib/files/json-file.ts';
import type { Logger } from '../lib/logger.ts';
import { type Clock, type Disposer, systemClock } from '../lib/time/clock.ts';
import type { Counted } from './counters.ts';
import type { UsageStore } from './usage-store.ts';

type Sums = { -readonly [K in keyof UsageHour]: UsageHour[K] };

interface StoredHistory {
  readonly keep: boolean;
  readonly hours: readonly UsageHour[];
}

/** Beyond this, the oldest hours are dropped. */
const maxHours = 50_000;
/** They are dropped so many at once, as finding the oldest takes a sort. */
const maxSurplus = 5_000;
const hourSeconds = 3600;
/** How long after a change the file is written at the earliest. Milliseconds. */
const writeAfterMs = 5_000;
/** The whole file is written each time, a large one less often: about 200 bytes an hour, so 20 kB a second at most. */
const msPerHour = 10;

export interface UsageHistoryOptions {
  readonly file: string;
  readonly usage: UsageStore;
  readonly log: Logger;
  readonly clock?: Clock;
  readonly onUnreadable?: (file: UnreadableFile) => void;
}

export class UsageHistory {
  readonly #options: Required<UsageHistoryOptions>;
  readonly #file: JsonFile;
  readonly #hours = new Map<string, Sums>();
  readonly #disposers: readonly Disposer[];
  #keep: boolean;
  #write: Disposer | undefined;

  private constructor(options: Required<UsageHistoryOptions>, file: JsonFile, { keep, hours }: StoredHistory) {
    this.#options = options;
    this.#file = file;
    this.#keep = keep;
    for (const hour of hours) this.#hours.set(keyOf(hour), { ...hour });
    this.#disposers = [
      options.usage.onCounted((request) => this.#add(request)),
      options.usage.onChange(() => this.#scheduleWrite()),
    ];
  }

  static async open(options: UsageHistoryOptions): Promise<UsageHistory> {
    const file = new JsonFile(options.file, options.onUnreadable);
    return new UsageHistory(
      { clock: systemClock, onUnreadable: () => {}, ...options },
      file,
      parseHistory(await file.read()),
    );
  }

  get keep(): boolean {
    return this.#keep;
  }

  /** In order of time. */
  hours(): UsageHour[] {
    this.#dropOldest();
    return [...this.#hours.values()].sort((a, b) => a.hour - b.hour);
  }

  /** Off: the stored hours are removed from the disk; this run is still counted in memory. */
  async setKeep(keep: boolean): Promise<void> {
    this.#keep = keep;
    await this.#writeNow();
  }

  async close(): Promise<void> {
    for (const dispose of this.#disposers) dispose();
    this.#write?.();
    if (this.#keep) await this.#writeNow().catch((error: unknown) => this.#warn(error));
  }

  #add({ api, model, timestamp, detail: { source, tokens, failed } }: Counted): void {
    const seconds = Math.floor(timestamp / 1000);
    const hour = seconds - (seconds % hourSeconds);
    const key = keyOf({ hour, api, model, source });
    const sums = this.#hours.get(key) ?? {
      ...{ hour, api, model, source, last: seconds, requests: 0, failed: 0 },
      ...{ input: 0, output: 0, reasoning: 0, cached: 0, total: 0 },
    };
    sums.last = Math.max(sums.last, seconds);
    sums.requests += 1;
    sums.failed += failed ? 1 : 0;
    sums.input += tokens.input_tokens;
    sums.output += tokens.output_tokens;
    sums.reasoning += tokens.reasoning_tokens;
    sums.cached += tokens.cached_tokens;
    sums.total += tokens.total_tokens;
    this.#hours.set(key, sums);
    if (this.#hours.size > maxHours + maxSurplus) this.#dropOldest();
  }

  #dropOldest(): void {
    const surplus = this.#hours.size - maxHours;
    if (surplus <= 0) return;
    const oldest = [...this.#hours].sort(([, a], [, b]) => a.hour - b.hour).slice(0, surplus);
    for (const [key] of oldest) this.#hours.delete(key);
  }

  #scheduleWrite(): void {
    if (!this.#keep) return;
    this.#write ??= this.#options.clock.after(Math.max(writeAfterMs, this.#hours.size * msPerHour), () => {
      this.#write = undefined;
      this.#writeNow().catch((error: unknown) => this.#warn(error));
    });
  }

  #warn(error: unknown): void {
    this.#options.log.warning(`the usage history was not written: ${String(error)}`);
  }

  #writeNow(): Promise<void> {
    const history: StoredHistory = { keep: this.#keep, hours: this.#keep ? this.hours() : [] };
    return this.#file.write(history);
  }
}

const keyOf = ({ hour, api, model, source }: Pick<UsageHour, 'hour' | 'api' | 'model' | 'source'>) =>
  [hour, api, model, source].join('\u0000');

const numbers = ['hour', 'requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;
const names = ['api', 'model', 'source'] as const;

/** The valid hours of a document. History is stored unless it has been switched off. */
function parseHistory(document: unknown): StoredHistory {
  const { keep, hours } = (document ?? {}) as Partial<StoredHistory>;
  const isHour = (hour: Partial<UsageHour> | null) =>
    hour !== null &&
    typeof hour === 'object' &&
    numbers.every((name) => Number.isSafeInteger(hour[name])) &&
    names.every((name) => typeof hour[name] === 'string');
  const valid = Array.isArray(hours) ? hours.filter(isHour) : [];
  return { keep: keep !== false, hours: valid.map((hour) => ({ ...hour, last: lastOf(hour) })) };
}

/** Files of earlier versions do not have it. */
const lastOf = ({ hour, last }: Pick<UsageHour, 'hour'> & { readonly last?: unknown }): number =>
  Number.isSafeInteger(last) ? (last as number) : hour;
