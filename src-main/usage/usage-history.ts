// Usage by the hour, kept across restarts; the statistics of the API start at zero each time.
import type { UsageHour } from '../../src-shared/contract/usage-history.ts';
import type { UnreadableFile } from '../lib/files/json-file.ts';
import type { Logger } from '../lib/logger.ts';
import { mask } from '../lib/mask.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { EarlierUsage, UsageHours } from '../storage/usage-hours.ts';
import { HourSums, hourOf } from './hour-sums.ts';
import { readUsageFile, removeUsageFile } from './usage-file.ts';
import type { UsageStore } from './usage-store.ts';

/** After the first request of a batch. Milliseconds. */
const writeAfterMs = 250;
/** After a failed write. Milliseconds. */
const retryAfterMs = 2_000;

export interface UsageHistoryOptions {
  /** Where earlier versions kept it. */
  readonly earlierFile: string;
  readonly store: UsageHours;
  readonly usage: Pick<UsageStore, 'onCounted'>;
  /** What stands for a client key, equal over restarts. */
  readonly keyId: (key: string) => string;
  /** Those that are set. */
  readonly clientKeys: () => readonly string[];
  readonly log: Logger;
  readonly clock: Clock;
  readonly onUnreadable?: (file: UnreadableFile) => void;
}

export class UsageHistory {
  readonly #options: UsageHistoryOptions;
  readonly #stopCounting: Disposer;
  /** On their way to the store. */
  readonly #waiting = new HourSums();
  /** Of this run, while nothing is kept. */
  readonly #unkept = new HourSums();
  #earlier: EarlierUsage | undefined;
  #stopWrite: Disposer | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isKept = true;
  #isClosed = false;

  private constructor(options: UsageHistoryOptions, earlier: EarlierUsage | undefined) {
    this.#options = options;
    this.#earlier = earlier;
    this.#stopCounting = options.usage.onCounted((request) => {
      this.#waiting.add([this.#withoutKey(hourOf(request))]);
      this.#writeIn(writeAfterMs);
    });
    if (earlier !== undefined) this.#writeIn(0);
  }

  static async open(options: UsageHistoryOptions): Promise<UsageHistory> {
    const earlier = await readUsageFile(options.earlierFile, options.onUnreadable ?? (() => {}));
    return new UsageHistory(options, earlier);
  }

  /** In order of time; keys that are set stand in clear. Of this run only, while the store cannot be read. */
  async read(): Promise<{ readonly keep: boolean; readonly hours: readonly UsageHour[] }> {
    await this.#flush();
    const { kept, hours } = await this.#options.store.load().catch((error: unknown) => {
      this.#options.log.debug(`the stored usage cannot be read: ${(error as Error).message}`);
      return { kept: this.#isKept, hours: [] };
    });
    this.#isKept = kept;
    const all = new HourSums();
    for (const some of [hours, this.#unkept.list(), this.#waiting.list()]) all.add(some);
    const keys = new Map(this.#options.clientKeys().map((key) => [this.#nameOf(key), key]));
    const shown = (api: string) => keys.get(api) ?? (keyName.test(api) ? api.slice(api.indexOf(' ') + 1) : api);
    return { keep: kept, hours: all.list().map((hour) => ({ ...hour, api: shown(hour.api) })) };
  }

  /** Off: the stored hours are removed from the disk; this run is still counted in memory. Rejects like the store. */
  async setKeep(keep: boolean): Promise<void> {
    await this.#flush();
    const { hours } = keep ? { hours: [] } : await this.#options.store.load();
    await this.#options.store.setKept(keep);
    this.#isKept = keep;
    if (keep) this.#waiting.add(this.#unkept.take());
    else this.#unkept.add(hours);
    await this.#flush();
  }

  async close(): Promise<void> {
    this.#stopCounting();
    this.#isClosed = true;
    await this.#flush();
    this.#stopWrite?.();
    if (this.#waiting.size > 0) this.#options.log.warning('the usage of the last seconds was not kept');
  }

  #nameOf = (key: string): string => `${this.#options.keyId(key)} ${mask(key)}`;

  /** No key is kept: a client's stands under its id. */
  #withoutKey(hour: UsageHour): UsageHour {
    return routeName.test(hour.api) ? hour : { ...hour, api: this.#nameOf(hour.api) };
  }

  #writeIn(ms: number): void {
    this.#stopWrite ??= this.#options.clock.after(ms, () => {
      this.#stopWrite = undefined;
      void this.#flush();
    });
  }

  /** One batch after the other. Resolves when it is stored or cannot be. */
  #flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    let batch: readonly UsageHour[] = [];
    try {
      await this.#takeOver();
      batch = this.#waiting.take();
      if (batch.length > 0 && !(await this.#options.store.add(batch))) this.#unkept.add(batch);
    } catch {
      // The storage says why, once. They wait, and can still be read.
      this.#waiting.add(batch);
      if (!this.#isClosed) this.#writeIn(retryAfterMs);
    }
  }

  async #takeOver(): Promise<void> {
    const { store, earlierFile, log } = this.#options;
    if (this.#earlier === undefined) return;
    const hours = this.#earlier.hours.map((hour) => this.#withoutKey(hour));
    await store.takeOver({ ...this.#earlier, hours });
    this.#earlier = undefined;
    await removeUsageFile(earlierFile).catch((error: unknown) =>
      log.warning(`${earlierFile} is not needed any more and cannot be removed: ${(error as Error).message}`),
    );
  }
}

/** How a request without a key is counted: method and path. */
const routeName = /^[A-Z]{1,10} \//;
/** `<key_id> <masked key>`. */
const keyName = /^[0-9a-f]{12} /;
