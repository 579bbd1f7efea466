// Has the oldest request logs removed when there are too many. Looks at the folder seldom, and once at a time.
import type { LogThread } from './log-thread.ts';

export interface LogPrunerOptions {
  readonly folder: string;
  readonly thread: LogThread;
  readonly onError: (error: unknown) => void;
}

export class LogPruner {
  readonly #options: LogPrunerOptions;
  /** Of all logs, at the last look; unknown before the first. */
  #knownBytes: number | undefined;
  /** Written since, at most. */
  #addedBytes = 0;
  #maxBytes = Number.POSITIVE_INFINITY;
  #hasNewError = false;
  #maxErrors = 0;
  #running: Promise<void> | undefined;
  #isClosing = false;

  constructor(options: LogPrunerOptions) {
    this.#options = options;
  }

  /**
   * After a log was written while all are kept.
   * @param bytes its size @param maxBytes of all logs together
   */
  logAdded(bytes: number, maxBytes: number): void {
    this.#addedBytes += bytes;
    this.#maxBytes = maxBytes;
    this.#run();
  }

  /** After the log of a failed request was written while only these are kept. @param maxErrors 0: no limit */
  errorAdded(maxErrors: number): void {
    this.#maxErrors = maxErrors;
    this.#hasNewError = maxErrors > 0;
    this.#run();
  }

  /** Waits for what is being removed. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Waits for the step under way only: what is left is removed after the next start. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#running;
  }

  get #isFull(): boolean {
    if (this.#maxBytes === Number.POSITIVE_INFINITY) return false;
    return this.#knownBytes === undefined || this.#knownBytes + this.#addedBytes > this.#maxBytes;
  }

  #run(): void {
    if (!this.#hasNewError && !this.#isFull) return;
    this.#running ??= this.#pruneWhileNeeded();
  }

  async #pruneWhileNeeded(): Promise<void> {
    try {
      while (this.#hasNewError || this.#isFull) await this.#pruneOnce();
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#running = undefined;
    }
  }

  async #pruneOnce(): Promise<void> {
    if (this.#hasNewError) {
      this.#hasNewError = false;
      await this.#prune('errors', { files: this.#maxErrors });
    } else {
      this.#addedBytes = 0;
      // Some room is made, so that not every log needs a look.
      this.#knownBytes = await this.#prune('all', { bytes: this.#maxBytes * 0.9 });
    }
  }

  /** How many bytes are left. */
  async #prune(logs: 'all' | 'errors', most: { readonly files?: number; readonly bytes?: number }): Promise<number> {
    const { folder, thread } = this.#options;
    for (;;) {
      const { keptBytes, left } = await thread.prune({ kind: 'prune', folder, logs, most });
      if (left === 0 || this.#isClosing) return keptBytes;
    }
  }
}
