// Slows down clients that ask for a model that is not here again and again: Gemini CLI repeats such a request without a
// pause, hundreds of times a second.
import type { Clock } from '../../lib/time/clock.ts';
import { delay } from '../../lib/time/delay.ts';

/** So many are answered at once within a second. */
const maxPerSecond = 20;
/** How long the others wait. Milliseconds. */
const waitMs = 1_000;

export class UnknownModelThrottle {
  readonly #clock: Clock;
  #since = Number.NEGATIVE_INFINITY;
  /** Requests of each client within this second. */
  #counts = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when this client may be told; rejects with the signal's reason when it is aborted. */
  async wait(client: string, signal: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    if (Math.abs(now - this.#since) >= 1_000) {
      this.#since = now;
      this.#counts = new Map();
    }
    const count = (this.#counts.get(client) ?? 0) + 1;
    this.#counts.set(client, count);
    if (count > maxPerSecond) await delay(this.#clock, signal, waitMs);
  }
}
