// Adds the counts of a run to the file that TEST_COUNTS names, as a line `passed failed skipped`.
import { appendFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

export const countsReporter: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[test.result().state] += 1;
      // A hook or the loading of the file failed: its tests have no verdict.
      if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0) counts.failed += 1;
    }
    const { passed, failed, skipped, pending } = counts;
    const file = process.env.TEST_COUNTS;
    if (file) appendFileSync(file, `${passed} ${failed + pending} ${skipped}\n`);
    console.log(`${passed} passed, ${failed + pending} failed, ${skipped} skipped`);
  },
};
