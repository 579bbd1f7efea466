// The history of requests: those that run and those on their way to the file are in memory, the others in the file.
import type { RequestRecord, RouteCandidate } from '../../src-shared/contract/requests.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type {
  ActivityQuery,
  CostStepSums,
  CostStepsQuery,
  CredentialActivity,
  Ledger,
  PageQuery,
  RequestSums,
  ResponseTimeSlot,
  ResponseTimesQuery,
  Retention,
  StoredRequest,
  SumsQuery,
} from '../storage/ledger.ts';
import { fits } from '../storage/request-filter.ts';
import type { RequestEvents } from './request-events.ts';
import { WaitingRequests } from './waiting-requests.ts';

/** After the first of a batch has ended. Milliseconds. */
const writeAfterMs = 150;
/** After a failed write. Milliseconds. */
const retryAfterMs = 2_000;
/** Requests that are written at once. */
const maxBatch = 500;
const pruneEveryMs = 3600 * 1000;
const pruneEveryRequests = 1_000;
const dayMs = 24 * 3600 * 1000;

export interface HistorySettings extends Retention {
  readonly enabled: boolean;
}

interface Running {
  readonly id: string;
  snapshot(): RequestRecord;
  route(): readonly RouteCandidate[];
}

export interface RequestHistoryOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: RequestEvents;
  readonly settings: () => HistorySettings;
}

export class RequestHistory {
  readonly #options: RequestHistoryOptions;
  readonly #running = new Map<string, Running>();
  readonly #waiting = new WaitingRequests();
  readonly #finishListeners = new Set<(record: RequestRecord) => void>();
  #stopWrite: Disposer | undefined;
  #stopPrune: Disposer | undefined;
  #writing: Promise<void> = Promise.resolve();
  #sincePrune = 0;
  #written = 0;
  #dropped = 0;
  #isClosed = false;

  constructor(options: RequestHistoryOptions) {
    this.#options = options;
    this.#prune();
  }

  get enabled(): boolean {
    return this.#options.settings().enabled;
  }

  /** Requests on their way to the file, and those that came there or were given up since the start. */
  get counts(): { readonly waiting: number; readonly written: number; readonly dropped: number } {
    return { waiting: this.#waiting.size, written: this.#written, dropped: this.#dropped };
  }

  started(running: Running): void {
    this.#running.set(running.id, running);
    this.#options.events.started(running.id, () => running.snapshot());
  }

  firstByte(id: string): void {
    const running = this.#running.get(id);
    if (running !== undefined) this.#options.events.firstByte(id, () => running.snapshot());
  }

  finished(request: StoredRequest): void {
    const { record } = request;
    this.#running.delete(record.id);
    this.#options.events.ended(record);
    for (const listener of this.#finishListeners) listener(record);
    if (!this.enabled) return;
    this.#dropped += this.#waiting.add(request);
    this.#writeIn(writeAfterMs);
  }

  /** Told of every request that has ended, whether it is kept or not. */
  onFinished(listener: (record: RequestRecord) => void): Disposer {
    this.#finishListeners.add(listener);
    return () => this.#finishListeners.delete(listener);
  }

  /** Newest start first. Rejects with `StorageUnavailable` only when nothing at all can be shown. */
  async page({ filter, before, limit }: PageQuery): Promise<readonly RequestRecord[]> {
    if (!this.enabled) return [];
    const from = Math.max(filter.from ?? 0, this.#oldest());
    const inMemory = [
      ...[...this.#running.values()].map((running) => running.snapshot()),
      ...[...this.#waiting.values()].map(({ record }) => record),
    ].filter((record) => (before === undefined || record.id < before) && fits(record, { ...filter, from }));
    const query = { filter: { ...filter, from }, before, limit };
    const stored = await this.#options.ledger.page(query).catch((error: unknown) => {
      this.#options.log.debug(`the stored requests cannot be read: ${(error as Error).message}`);
      return [];
    });
    // One that ended meanwhile is in the file too, and its end is the truth.
    const all = new Map([...inMemory, ...stored].map((record) => [record.id, record]));
    const isNewest = (one: RequestRecord, other: RequestRecord) => (one.id < other.id ? 1 : -1);
    return [...all.values()].sort(isNewest).slice(0, limit);
  }

  async one(id: string): Promise<{ record: RequestRecord; route: readonly RouteCandidate[] } | undefined> {
    if (!this.enabled) return undefined;
    const waiting = this.#waiting.get(id);
    if (waiting !== undefined) return waiting;
    const running = this.#running.get(id);
    if (running !== undefined) return { record: running.snapshot(), route: running.route() };
    const stored = await this.#options.ledger.one(id);
    return stored !== undefined && Date.parse(stored.record.started_at) >= this.#oldest() ? stored : undefined;
  }

  async sums(query: SumsQuery): Promise<readonly RequestSums[]> {
    if (!this.enabled) return [];
    await this.flush();
    return this.#options.ledger.sums({ ...query, from: Math.max(query.from ?? 0, this.#oldest()) });
  }

  async costSteps(query: CostStepsQuery): Promise<readonly CostStepSums[]> {
    if (!this.enabled) return [];
    await this.flush();
    return this.#options.ledger.costSteps({ ...query, from: Math.max(query.from ?? 0, this.#oldest()) });
  }

  async responseTimes(query: ResponseTimesQuery): Promise<readonly ResponseTimeSlot[]> {
    if (!this.enabled) return [];
    await this.flush();
    return this.#options.ledger.responseTimes(query);
  }

  async activity(query: ActivityQuery): Promise<readonly CredentialActivity[]> {
    if (!this.enabled) return [];
    await this.flush();
    return this.#options.ledger.activity(query);
  }

  /** Finished requests; how many. */
  async clear(): Promise<number> {
    await this.flush();
    return this.#options.ledger.clear();
  }

  /** Resolves when all requests that have ended are in the file, or cannot be written. */
  async flush(): Promise<void> {
    this.#stopWrite?.();
    this.#stopWrite = undefined;
    await this.#write();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopPrune?.();
    await this.flush();
    this.#stopWrite?.();
  }

  /** Milliseconds since the epoch; what is older is not shown, be it removed or not. */
  #oldest(): number {
    const { days } = this.#options.settings();
    return days > 0 ? this.#options.clock.now() - days * dayMs : 0;
  }

  #writeIn(ms: number): void {
    this.#stopWrite ??= this.#options.clock.after(ms, () => {
      this.#stopWrite = undefined;
      void this.#write();
    });
  }

  /** One batch after the other. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow());
    return this.#writing;
  }

  async #writeNow(): Promise<void> {
    // Those that end meanwhile are written with the next ones.
    for (let left = this.#waiting.size; left > 0; ) {
      const batch = this.#waiting.first(Math.min(left, maxBatch));
      if (batch.length === 0) return;
      left -= batch.length;
      try {
        await this.#options.ledger.add(batch);
      } catch {
        // The storage says why, once. They wait, and can still be read.
        if (!this.#isClosed) this.#writeIn(retryAfterMs);
        return;
      }
      for (const { record } of batch) this.#waiting.remove(record.id);
      this.#written += batch.length;
      this.#sincePrune += batch.length;
      if (this.#sincePrune >= pruneEveryRequests) this.#prune();
    }
  }

  #prune(): void {
    this.#sincePrune = 0;
    this.#stopPrune?.();
    this.#stopPrune = this.#options.clock.after(pruneEveryMs, () => this.#prune());
    const { log, ledger, settings } = this.#options;
    ledger.prune(settings()).catch((error: unknown) => log.debug(`nothing was pruned: ${(error as Error).message}`));
  }
}
