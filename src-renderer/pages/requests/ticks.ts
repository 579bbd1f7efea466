// One clock for everything that counts up, stopped while nothing does.

const everyMs = 100;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

export const elapsedTicks = {
  now: (): number => now,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    now = Date.now();
    timer ??= setInterval(() => {
      now = Date.now();
      for (const heard of listeners) heard();
    }, everyMs);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
};
