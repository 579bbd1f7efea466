// The thread that writes complete request logs, as many at a time as have come in the meantime, and removes the oldest.
import { setImmediate } from 'node:timers/promises';
import { TaskThread } from '../../lib/task-thread.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Pruned, PruneOrder } from './log-remover.ts';
import type { LogResult, LogTask, SystemError, Written } from './log-thread-worker.ts';

/** A disk that is this far behind gets no more until it has caught up. */
const maxWaiting = 16 * 1024 * 1024;

/** Parts of a file, one behind the other. */
export type Pieces = readonly (Buffer | string)[];

interface Waiting {
  readonly target: string;
  readonly pieces: Pieces;
  readonly size: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface WaitingOrder {
  readonly order: PruneOrder;
  readonly resolve: (pruned: Pruned) => void;
  readonly reject: (error: Error) => void;
}

export class LogThread {
  readonly #thread: TaskThread<LogTask, LogResult>;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  readonly #orders: WaitingOrder[] = [];
  #isSending = false;

  constructor(clock: Clock) {
    this.#thread = new TaskThread({ name: 'log-thread-worker', nextTo: import.meta.url }, clock);
  }

  /**
   * Creates the file, and its folder where there is none. Rejects with the system error, or when too much waits for the
   * disk; nothing is left behind then.
   * @param size of all pieces, in bytes
   */
  write(target: string, pieces: Pieces, size: number): Promise<void> {
    if (this.#waitingBytes + size > maxWaiting) {
      return Promise.reject(new Error('the disk is too slow for so many logs'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ target, pieces, size, resolve, reject });
      this.#waitingBytes += size;
      this.#send();
    });
  }

  /** Takes one step; what waits to be written goes before the next. Rejects with the system error. */
  prune(order: PruneOrder): Promise<Pruned> {
    return new Promise((resolve, reject) => {
      this.#orders.push({ order, resolve, reject });
      this.#send();
    });
  }

  /** Ends the thread. Only when nothing waits. */
  async close(): Promise<void> {
    await this.#thread.end(new Error('the request logs have been closed'));
  }

  #send(): void {
    if (!this.#isSending) void this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    // Those that end in the same turn go together.
    await setImmediate();
    while (this.#waiting.length > 0 || this.#orders.length > 0) {
      if (this.#waiting.length > 0) await this.#sendBatch();
      const order = this.#orders.shift();
      if (order !== undefined) await this.#sendOrder(order);
    }
    this.#isSending = false;
  }

  async #sendBatch(): Promise<void> {
    const [batch, size] = [this.#waiting, this.#waitingBytes];
    this.#waiting = [];
    this.#waitingBytes = 0;
    const targets = batch.map(({ target }) => target);
    const ends: number[] = [];
    for (const file of batch) ends.push((ends.at(-1) ?? 0) + file.size);
    try {
      const bytes = joined(batch, size);
      const written = (await this.#thread.run({ kind: 'write', targets, ends, bytes }, [bytes.buffer])) as Written;
      for (const [index, { resolve, reject }] of batch.entries()) {
        const error = written[index];
        if (error === undefined) resolve();
        else reject(errorOf(error));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error as Error);
    }
  }

  async #sendOrder({ order, resolve, reject }: WaitingOrder): Promise<void> {
    try {
      const result = (await this.#thread.run(order)) as Pruned | { readonly error: SystemError };
      if ('error' in result) reject(errorOf(result.error));
      else resolve(result);
    } catch (error) {
      reject(error as Error);
    }
  }
}

const errorOf = ({ code, message }: SystemError) => Object.assign(new Error(message), { code });

function joined(files: readonly Waiting[], size: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const { pieces } of files) {
    for (const piece of pieces) at += typeof piece === 'string' ? bytes.write(piece, at) : piece.copy(bytes, at);
  }
  return bytes;
}
