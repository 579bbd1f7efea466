// The requests under way, so that closing can wait for them and abort those that take too long.
import type { Clock } from '../lib/time/clock.ts';
import type { ResponseStream } from './client/client-response.ts';

export class RunningRequests {
  readonly #clock: Clock;
  readonly #controllers = new Set<AbortController>();
  #isClosing = false;
  #onIdle: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isClosing(): boolean {
    return this.#isClosing;
  }

  get size(): number {
    return this.#controllers.size;
  }

  /** Runs one request. Its signal is aborted when the client leaves, or when closing lasts too long. */
  run(response: ResponseStream, handle: (signal: AbortSignal) => Promise<void>): void {
    const controller = new AbortController();
    this.#controllers.add(controller);
    response.once('close', () => {
      if (!response.writableFinished) controller.abort();
    });
    void handle(controller.signal).finally(() => {
      this.#controllers.delete(controller);
      if (this.#controllers.size === 0) this.#onIdle?.();
    });
  }

  /** Resolves when all have ended; those that still run after `graceMs` are aborted. */
  async close(graceMs: number): Promise<void> {
    this.#isClosing = true;
    if (this.#controllers.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve;
      this.#clock.after(graceMs, () => {
        for (const controller of this.#controllers) controller.abort();
      });
    });
  }
}
