// Requests that wait for a place: client keys take turns, and each key's requests are served in the order they came.
import type { Clock } from '../../../lib/time/clock.ts';

interface Waiter {
  /** Takes what it waits for if it can; whether it could, or need not wait any more. */
  readonly serve: () => boolean;
}

interface WaitOptions<T> {
  /** Whom the request comes from. */
  readonly client: string;
  /** What it waits for, taken; undefined while there is none. */
  readonly take: () => T | undefined;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

export class PlaceQueue {
  readonly #clock: Clock;
  /** The key that is served next comes first. */
  readonly #clients = new Map<string, Set<Waiter>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Requests that wait. */
  get size(): number {
    let size = 0;
    for (const waiters of this.#clients.values()) size += waiters.size;
    return size;
  }

  /** `undefined` when the time is over or the signal aborted. */
  wait<T>({ client, take, signal, timeoutMs }: WaitOptions<T>): Promise<T | undefined> {
    if (timeoutMs <= 0 || signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const finish = (taken: T | undefined) => {
        stop();
        signal.removeEventListener('abort', leave);
        this.#remove(client, waiter);
        resolve(taken);
      };
      const leave = () => finish(undefined);
      const stop = this.#clock.after(timeoutMs, leave);
      const waiter: Waiter = {
        serve: () => {
          const taken = take();
          if (taken !== undefined) finish(taken);
          return taken !== undefined;
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waitersOf(client).add(waiter);
    });
  }

  /** A place may be free: serves all that can be served. */
  serve(): void {
    while (this.#serveOne());
  }

  #serveOne(): boolean {
    for (const [client, waiters] of this.#clients) {
      for (const waiter of waiters) {
        if (!waiter.serve()) continue;
        this.#moveBack(client, waiters);
        return true;
      }
    }
    return false;
  }

  #waitersOf(client: string): Set<Waiter> {
    const waiters = this.#clients.get(client) ?? new Set();
    this.#clients.set(client, waiters);
    return waiters;
  }

  #moveBack(client: string, waiters: Set<Waiter>): void {
    if (!this.#clients.delete(client) || waiters.size === 0) return;
    this.#clients.set(client, waiters);
  }

  #remove(client: string, waiter: Waiter): void {
    const waiters = this.#clients.get(client);
    if (waiters?.delete(waiter) && waiters.size === 0) this.#clients.delete(client);
  }
}
