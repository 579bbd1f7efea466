// Finished requests for programs that keep books of their own: each is given out once, and only for a short while.
import type { QueuedRequest } from '../../src-shared/contract/usage.ts';
import type { Clock } from '../lib/time/clock.ts';

const maxRequests = 10_000;
const maxAgeMs = 60_000;

export class UsageQueue {
  readonly #clock: Clock;
  #requests: { readonly request: QueuedRequest; readonly until: number }[] = [];
  #isEnabled = true;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Off: nothing more is kept, and what was kept is forgotten. */
  setEnabled(on: boolean): void {
    this.#isEnabled = on;
    if (!on) this.#requests = [];
  }

  /** Makes room for it by what has been there longest. `make` is not called while nothing is kept. */
  add(make: () => QueuedRequest): void {
    if (!this.#isEnabled) return;
    const now = this.#clock.now();
    this.#requests.push({ request: make(), until: now + maxAgeMs });
    if (this.#requests.length >= 2 * maxRequests || this.#isOver(now)) this.#tidy(now);
  }

  /** The oldest ones, which are gone from here with that. */
  take(count: number): readonly QueuedRequest[] {
    this.#tidy(this.#clock.now());
    return this.#requests.splice(0, count).map(({ request }) => request);
  }

  /** Whether half of them are too old: looked at now and then, so that a busy gateway does not copy the list each time. */
  #isOver(now: number): boolean {
    const middle = this.#requests[this.#requests.length >> 1];
    return middle !== undefined && middle.until <= now;
  }

  #tidy(now: number): void {
    this.#requests = this.#requests.filter(({ until }) => until > now).slice(-maxRequests);
  }
}
