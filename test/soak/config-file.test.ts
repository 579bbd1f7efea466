import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { crashes, readYourWrites, twoWriters } from './config-file.ts';
import { type StartWriter, StoreProcess } from './config-writer.ts';
import { scale } from './scale.ts';
import { ServerProcess } from './server-process.ts';

const minutes = 60_000;
const newFile = async () => path.join(tempFolder(), 'config.yaml');
const writers: readonly (readonly [string, StartWriter])[] = [
  ['the store', (file) => StoreProcess.start(file)],
  ['the server', (file) => ServerProcess.start(file)],
];

describe.each(writers)('%s', (_, start) => {
  test('killed in writes, the config is the old or the new one', { timeout: 30 * minutes }, async () => {
    const report = await crashes(start, await newFile(), 300 * scale);
    console.log(report);
    expect(report.violations).toEqual([]);
    expect(report.duringWrite).toBeGreaterThanOrEqual(report.kills / 3);
  });

  test('every write is readable at once, inside and outside', { timeout: 10 * minutes }, async () => {
    const report = await readYourWrites(start, await newFile(), 10_000 * scale);
    expect(report.violations).toEqual([]);
  });

  test('of two writers neither loses a change', { timeout: 10 * minutes }, async () => {
    const report = await twoWriters(start, await newFile(), 60 * scale);
    console.log(report);
    expect(report.violations).toEqual([]);
    expect(report.oursLost).toEqual([]);
    // The system has no "rename if unchanged": when a busy machine stops us for long between the last look and the
    // rename, a save in between is replaced.
    expect(report.theirsLost.inPlace + report.theirsLost.byRename).toBeLessThanOrEqual(
      Math.ceil(report.theirs / 10_000),
    );
    expect(report.theirs).toBeGreaterThan(30 * 60 * scale);
  });
});
