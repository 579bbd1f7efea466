// Waiting that can be aborted.
import type { Clock } from './clock.ts';

/** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as that is aborted. */
export function delay(clock: Clock, signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const abort = () => {
      stop();
      reject(signal.reason as Error);
    };
    const stop = clock.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** Resolves when `work` does, and at the latest after so many milliseconds. Rejects when `work` does by then. */
export async function waitAtMost(ms: number, work: Promise<unknown>, clock: Clock): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = clock.after(ms, resolve);
  try {
    await Promise.race([work, promise]);
  } finally {
    stop();
  }
}
