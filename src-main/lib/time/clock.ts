// Time as a parameter, so that tests can move it by hand.

/** Ends what was started: a listener, a timer, a watch. Calling it again does nothing. */
export type Disposer = () => void;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` once after `ms` milliseconds unless disposed before. Does not keep the process alive. */
  after(ms: number, task: () => void): Disposer;
}

export const systemClock: Clock = {
  now: Date.now,
  after(ms, task) {
    const timer = setTimeout(task, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
