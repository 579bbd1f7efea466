// bcrypt off the main thread: a few workers with a bounded queue, which end while they are idle.
import { type HashSecret, hashCost } from '../config/store/config-secret.ts';
import { TaskThread } from '../lib/task-thread.ts';
import { type Clock, systemClock } from '../lib/time/clock.ts';
import type { BcryptResult, BcryptTask } from './bcrypt-worker.ts';

/** The queue of comparisons is full. */
export class BcryptBusy extends Error {
  override readonly name = 'BcryptBusy';
  /** When to try again. */
  readonly retryAfterSeconds = 1;
}

export interface BcryptPoolOptions {
  readonly clock?: Clock;
  /** Tasks that run at once. */
  readonly workers?: number;
  /** How many comparisons may wait; one more is rejected. */
  readonly waiting?: number;
}

const worker = { name: 'bcrypt-worker', nextTo: import.meta.url };

interface Job {
  readonly task: BcryptTask;
  readonly resolve: (result: BcryptResult) => void;
  readonly reject: (error: Error) => void;
}

export class BcryptPool {
  readonly #waiting: number;
  readonly #threads: readonly TaskThread<BcryptTask, BcryptResult>[];
  readonly #queue: Job[] = [];
  #closed = false;

  constructor({ clock = systemClock, workers = 2, waiting = 16 }: BcryptPoolOptions = {}) {
    this.#threads = Array.from({ length: workers }, () => new TaskThread(worker, clock));
    this.#waiting = waiting;
  }

  /** Threads alive at the moment. */
  get size(): number {
    return this.#threads.filter(({ isAlive }) => isAlive).length;
  }

  /** Whether the key is the one that was hashed. Rejects with {@link BcryptBusy} when too many wait already. */
  async compare(plain: string, hash: string): Promise<boolean> {
    if (this.#queue.length >= this.#waiting) throw new BcryptBusy('too many key checks at the same time');
    return (await this.#run({ kind: 'compare', plain, hash }, (job) => this.#queue.push(job))) === true;
  }

  /** A new hash of cost 10. It goes before all comparisons, because the owner waits for it. */
  readonly hash: HashSecret = async (plain) =>
    String(await this.#run({ kind: 'hash', plain, cost: hashCost }, (job) => this.#queue.unshift(job)));

  /** Ends all threads; whatever still waits is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const error = new Error('the key check has been closed');
    for (const job of this.#queue.splice(0)) job.reject(error);
    await Promise.all(this.#threads.map((thread) => thread.end(error)));
  }

  #run(task: BcryptTask, enqueue: (job: Job) => void): Promise<BcryptResult> {
    if (this.#closed) return Promise.reject(new Error('the key check has been closed'));
    return new Promise((resolve, reject) => {
      enqueue({ task, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    const free = this.#threads.filter(({ isBusy }) => !isBusy);
    // A thread that is already running is ready sooner.
    const thread = free.find(({ isAlive }) => isAlive) ?? free[0];
    const job = thread === undefined ? undefined : this.#queue.shift();
    if (thread === undefined || job === undefined) return;
    void thread
      .run(job.task)
      .then(job.resolve, job.reject)
      .finally(() => this.#next());
  }
}
