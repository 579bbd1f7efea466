// The end of the program has a deadline: a write to a disk that does not respond never ends.
import type { Clock } from './clock.ts';

/** How long the end may take. Milliseconds. */
const endMs = 10_000;

/** A part that did not end in time. Its system call may still hang, and then the process cannot exit by itself. */
export class EndTimeout extends Error {}

export type EndStep = readonly [name: string, end: () => Promise<unknown>];

/** Takes all steps one after another. Rejects with what the first failing one has thrown, or {@link EndTimeout}. */
export function endInTime(clock: Clock, steps: readonly EndStep[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let current = '';
    const stop = clock.after(endMs, () => {
      reject(
        new EndTimeout(`the program did not end within ${endMs / 1_000} s and is ended by force: ${current} hangs`),
      );
    });
    const run = async () => {
      const errors: unknown[] = [];
      for (const [name, end] of steps) {
        current = name;
        await end().catch((error: unknown) => errors.push(error));
      }
      if (errors.length > 0) throw errors[0];
    };
    run().then(resolve, reject).finally(stop);
  });
}
