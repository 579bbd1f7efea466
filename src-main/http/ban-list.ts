// Remote clients that presented wrong keys, and for how long they are shut out.
import type { Clock } from '../core/clock.ts';

const failuresUntilBan = 5;
const banMs = 30 * 60_000;
/** Addresses remembered at most, of each kind; the oldest give way. */
const capacity = 10_000;

export class BanList {
  readonly #clock: Clock;
  /** Consecutive failures by address, the one that failed last at the end. */
  readonly #failures = new Map<string, number>();
  /** End of the ban by address, in milliseconds since the epoch, the first to end in front. */
  readonly #bans = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds a ban still lasts; 0 without one. */
  remaining(address: string): number {
    const end = this.#bans.get(address);
    if (end === undefined) return 0;
    const left = end - this.#clock.now();
    if (left > 0) return left;
    this.#bans.delete(address);
    return 0;
  }

  /** Counts a failure; whether it was the one that leads to a ban. */
  failed(address: string): boolean {
    const failures = (this.#failures.get(address) ?? 0) + 1;
    this.#failures.delete(address);
    if (failures < failuresUntilBan) {
      remember(this.#failures, address, failures);
      return false;
    }
    this.#bans.delete(address);
    remember(this.#bans, address, this.#clock.now() + banMs);
    return true;
  }

  succeeded(address: string): void {
    this.#failures.delete(address);
    this.#bans.delete(address);
  }
}

function remember(map: Map<string, number>, address: string, value: number): void {
  map.set(address, value);
  if (map.size > capacity) map.delete(map.keys().next().value as string);
}

/** Whole seconds as the original (Go) writes them: `30m0s`, `1m5s`, `45s`. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`;
}
