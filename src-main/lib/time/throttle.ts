// Fewer calls of a task that many changes ask for.
import type { Clock, Disposer } from './clock.ts';

export interface Throttled {
  /** Runs the task within the interval, once however often this is called until then. */
  readonly schedule: () => void;
  readonly stop: Disposer;
}

/** @param intervalMs between the first `schedule` and the run. */
export function throttle(clock: Clock, intervalMs: number, task: () => void): Throttled {
  let stop: Disposer | undefined;
  return {
    schedule: () => {
      stop ??= clock.after(intervalMs, () => {
        stop = undefined;
        task();
      });
    },
    stop: () => stop?.(),
  };
}
