// Time that moves only when a test says so.
import type { Clock, Disposer } from '../../src-main/lib/time/clock.ts';

export class FakeClock implements Clock {
  #now: number;
  readonly #tasks = new Set<{ at: number; readonly run: () => void }>();

  constructor(now = Date.UTC(2025, 10, 3, 10)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Disposer {
    const task = { at: this.#now + ms, run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** Timers that have not run yet. */
  get pending(): number {
    return this.#tasks.size;
  }

  /** Milliseconds until the next timer; `undefined` without one. */
  get next(): number | undefined {
    return this.#tasks.size === 0 ? undefined : Math.min(...[...this.#tasks].map(({ at }) => at)) - this.#now;
  }

  /** Sets the clock, as a sleeping computer or a person does: timers neither run nor come nearer. */
  jump(ms: number): void {
    this.#now += ms;
    for (const task of this.#tasks) task.at += ms;
  }

  /** Runs what falls due on the way, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [next] = [...this.#tasks].filter((task) => task.at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#tasks.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }
}
