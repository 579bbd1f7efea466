// How long an upstream may take to begin its response, and be silent within it.
import type { Clock, Disposer } from '../../lib/time/clock.ts';

export interface CallTimeouts {
  /** Milliseconds until the response's headers, of an event stream until its first byte; 0: no limit. */
  readonly firstByteMs: number;
  /** Milliseconds without a byte after that; 0: no limit. */
  readonly idleMs: number;
}

/** Has the code of a timeout, as the errors of connections have. */
class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
  readonly code = 'ETIMEDOUT';
}

export class CallDeadlines {
  readonly #clock: Clock;
  readonly #timeouts: CallTimeouts;
  readonly #abort: (error: Error) => void;
  #stop: Disposer | undefined;
  /** Since when nothing has come; undefined while nobody waits for the upstream. */
  #silentSince: number | undefined;
  #hasBegun = false;

  /** `abort` ends the call. */
  constructor(clock: Clock, timeouts: CallTimeouts, abort: (error: Error) => void) {
    this.#clock = clock;
    this.#timeouts = timeouts;
    this.#abort = abort;
    if (timeouts.firstByteMs > 0) this.#stop = clock.after(timeouts.firstByteMs, () => this.#expire());
  }

  /** The headers have come. */
  responded(isEventStream: boolean): void {
    if (!isEventStream) this.#begin();
  }

  /** From here on the upstream is waited for: its silence counts. */
  awaitBytes(): void {
    this.#silentSince = this.#clock.now();
  }

  /** Something has come, or the client is busy with what came before. */
  gotBytes(): void {
    this.#silentSince = undefined;
    if (!this.#hasBegun) this.#begin();
  }

  end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #begin(): void {
    this.#hasBegun = true;
    this.end();
    if (this.#timeouts.idleMs > 0) this.#checkIn(this.#timeouts.idleMs);
  }

  /** One timer for the whole response: it looks how long the silence has lasted, and comes again when the rest is over. */
  #checkIn(ms: number): void {
    this.#stop = this.#clock.after(ms, () => {
      const silentMs = this.#silentSince === undefined ? 0 : this.#clock.now() - this.#silentSince;
      if (silentMs >= this.#timeouts.idleMs) this.#expire();
      else this.#checkIn(this.#timeouts.idleMs - silentMs);
    });
  }

  #expire(): void {
    this.#stop = undefined;
    this.#abort(new DeadlineError('The upstream did not answer in time.'));
  }
}
