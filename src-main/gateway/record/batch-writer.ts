// Writes complete request logs in a thread of their own, as many at a time as have come meanwhile.
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { TaskThread } from '../../core/task-thread.ts';
import type { FileBatch, FileFault } from './batch-writer-worker.ts';

/** A disk that is this far behind gets no more until it has caught up. */
const mostWaiting = 16 * 1024 * 1024;

/** Parts of a file, one behind the other. */
export type Pieces = readonly (Buffer | string)[];

interface Waiting {
  readonly target: string;
  readonly pieces: Pieces;
  readonly size: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export class BatchWriter {
  readonly #thread: TaskThread<FileBatch, readonly FileFault[]>;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #isSending = false;

  constructor(clock: Clock) {
    this.#thread = new TaskThread({ name: 'batch-writer-worker', beside: import.meta.url }, clock);
  }

  /**
   * Creates the file, and its folder where there is none. Rejects with the system error, or when too much waits for the
   * disk; nothing is left behind then.
   * @param size of all pieces, in bytes
   */
  write(target: string, pieces: Pieces, size: number): Promise<void> {
    if (this.#waitingBytes + size > mostWaiting) {
      return Promise.reject(new Error('the disk is too slow for so many logs'));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ target, pieces, size, resolve, reject });
      this.#waitingBytes += size;
      if (!this.#isSending) void this.#send();
    });
  }

  /** Ends the thread. Only when nothing waits. */
  async close(): Promise<void> {
    await this.#thread.end(new Error('the request logs have been closed'));
  }

  async #send(): Promise<void> {
    this.#isSending = true;
    // Those that end in the same turn go together.
    await setImmediate();
    while (this.#waiting.length > 0) await this.#sendBatch();
    this.#isSending = false;
  }

  async #sendBatch(): Promise<void> {
    const batch = this.#waiting;
    const bytes = joined(batch, this.#waitingBytes);
    this.#waiting = [];
    this.#waitingBytes = 0;
    const ends: number[] = [];
    for (const { size } of batch) ends.push((ends.at(-1) ?? 0) + size);
    const targets = batch.map(({ target }) => target);
    try {
      const faults = await this.#thread.run({ targets, ends, bytes }, [bytes.buffer]);
      for (const { index, code, message } of faults) batch[index]?.reject(Object.assign(new Error(message), { code }));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error as Error);
    }
  }
}

function joined(files: readonly Waiting[], size: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const { pieces } of files) {
    for (const piece of pieces) at += typeof piece === 'string' ? bytes.write(piece, at) : piece.copy(bytes, at);
  }
  return bytes;
}
