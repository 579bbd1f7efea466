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
  readonly #startedAt: number;

  /** `abort` ends the call. */
  constructor(clock: Clock, timeouts: CallTimeouts, abort: (error: Error) => void) {
    this.#clock = clock;
    this.#timeouts = timeouts;
    this.#abort = abort;
    this.#startedAt = clock.now();
    this.#schedule();
  }

  /** The headers have come. */
  responded(isEventStream: boolean): void {
    if (!isEventStream) this.#hasBegun = true;
  }

  /** From here on the upstream is waited for: its silence counts. */
  awaitBytes(): void {
    this.#silentSince = this.#clock.now();
  }

  /** Something has come, or the client is busy with what came before. */
  gotBytes(): void {
    this.#silentSince = undefined;
    this.#hasBegun = true;
  }

  end(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** One timer for the whole call: it looks how much time is left, and comes again when that is over. */
  #schedule(): void {
    const ms = this.#hasBegun ? this.#idleLeft : Math.min(this.#firstByteLeft, limit(this.#timeouts.idleMs));
    if (ms === Number.POSITIVE_INFINITY) return;
    this.#stop = this.#clock.after(ms, () => {
      if ((this.#hasBegun ? this.#idleLeft : this.#firstByteLeft) <= 0) this.#expire();
      else this.#schedule();
    });
  }

  get #firstByteLeft(): number {
    return limit(this.#timeouts.firstByteMs) - (this.#clock.now() - this.#startedAt);
  }

  get #idleLeft(): number {
    const silentMs = this.#silentSince === undefined ? 0 : this.#clock.now() - this.#silentSince;
    return limit(this.#timeouts.idleMs) - silentMs;
  }

  #expire(): void {
    this.#stop = undefined;
    this.#abort(new DeadlineError('The upstream did not answer in time.'));
  }
}

const limit = (ms: number): number => (ms > 0 ? ms : Number.POSITIVE_INFINITY);
