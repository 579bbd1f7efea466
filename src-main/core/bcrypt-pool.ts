// bcrypt off the main thread: a few workers with a bounded queue, gone again while nobody asks.
import { Worker } from 'node:worker_threads';
import type { BcryptResult, BcryptTask } from './bcrypt-worker.ts';
import { type Clock, type Disposer, systemClock } from './clock.ts';
import { type HashSecret, hashCost } from './config-secret.ts';

/** The queue of comparisons is full. */
export class BcryptBusy extends Error {
  override readonly name = 'BcryptBusy';
  /** When it is worth trying again. */
  readonly retryAfterSeconds = 1;
}

export interface BcryptPoolOptions {
  readonly clock?: Clock;
  /** Tasks that run at once. */
  readonly workers?: number;
  /** Comparisons that may wait; one more is turned away. */
  readonly waiting?: number;
}

interface Job {
  readonly task: BcryptTask;
  readonly resolve: (result: BcryptResult) => void;
  readonly reject: (error: Error) => void;
}

interface Slot {
  readonly worker: Worker;
  job: Job | undefined;
  stopIdle: Disposer;
}

/** An idle worker costs some megabytes, a new one some tens of milliseconds. */
const idleMs = 3000;

function workerFile(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./bcrypt-worker.ts', import.meta.url);
  // A bundler may have put this module into a chunk, one folder below the entries.
  const folder = /\/chunks\/[^/]+$/.test(import.meta.url) ? '..' : '.';
  return new URL(`${folder}/bcrypt-worker.js`, import.meta.url);
}

export class BcryptPool {
  readonly #clock: Clock;
  readonly #workers: number;
  readonly #waiting: number;
  readonly #slots = new Set<Slot>();
  readonly #queue: Job[] = [];
  #closed = false;

  constructor({ clock = systemClock, workers = 2, waiting = 16 }: BcryptPoolOptions = {}) {
    this.#clock = clock;
    this.#workers = workers;
    this.#waiting = waiting;
  }

  /** Threads alive at the moment. */
  get size(): number {
    return this.#slots.size;
  }

  /** Whether the key is the one that was hashed. Rejects with {@link BcryptBusy} when too many wait already. */
  async compare(plain: string, hash: string): Promise<boolean> {
    if (this.#queue.length >= this.#waiting) throw new BcryptBusy('too many key checks at the same time');
    return (await this.#run({ kind: 'compare', plain, hash }, (job) => this.#queue.push(job))) === true;
  }

  /** A new hash of cost 10. Goes before all comparisons: it is the owner who waits for it. */
  readonly hash: HashSecret = async (plain) =>
    String(await this.#run({ kind: 'hash', plain, cost: hashCost }, (job) => this.#queue.unshift(job)));

  /** Ends all threads; whatever still waits is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const error = new Error('the key check has been closed');
    for (const job of this.#queue.splice(0)) job.reject(error);
    await Promise.all([...this.#slots].map((slot) => this.#end(slot, error)));
  }

  #run(task: BcryptTask, enqueue: (job: Job) => void): Promise<BcryptResult> {
    if (this.#closed) return Promise.reject(new Error('the key check has been closed'));
    return new Promise((resolve, reject) => {
      enqueue({ task, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const slot = this.#free();
      if (slot === undefined) return;
      const job = this.#queue.shift() as Job;
      slot.stopIdle();
      slot.job = job;
      // Only a running task may keep the process alive.
      slot.worker.ref();
      slot.worker.postMessage(job.task);
    }
  }

  #free(): Slot | undefined {
    for (const slot of this.#slots) if (slot.job === undefined) return slot;
    return this.#slots.size < this.#workers ? this.#start() : undefined;
  }

  #start(): Slot {
    // Flags of the main thread, such as `--eval`, need not make sense for a file.
    const worker = new Worker(workerFile(), { name: 'bcrypt', execArgv: [] });
    const slot: Slot = { worker, job: undefined, stopIdle: () => {} };
    this.#slots.add(slot);
    worker.on('message', (result: BcryptResult) => {
      slot.job?.resolve(result);
      slot.job = undefined;
      worker.unref();
      slot.stopIdle = this.#clock.after(idleMs, () => void this.#end(slot));
      this.#next();
    });
    worker.on('error', (error: unknown) => this.#lost(slot, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => this.#lost(slot, new Error(`the key check ended unexpectedly (${code})`)));
    return slot;
  }

  #lost(slot: Slot, error: Error): void {
    slot.stopIdle();
    this.#slots.delete(slot);
    slot.job?.reject(error);
    slot.job = undefined;
    if (!this.#closed) this.#next();
  }

  async #end(slot: Slot, error = new Error('the key check has been closed')): Promise<void> {
    this.#lost(slot, error);
    await slot.worker.terminate();
  }
}
