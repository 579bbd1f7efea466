// 200 requests at once on a limit of 50, again and again, also when the program is killed in the middle.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createLogger } from '../../src-main/lib/logger.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { SqliteStorage } from '../../src-main/storage/sqlite-storage.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { scale } from './scale.ts';

const runs = Math.ceil(50 * scale);
const script = path.resolve(import.meta.dirname, '../support/burst-process.ts');

/** Requests that were let out; `killAt`: the program is killed once so many were. */
async function burst(file: string, client: string, killAt = Number.POSITIVE_INFINITY): Promise<number> {
  const child = spawn(process.execPath, [script, file, client], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (output.split('\n').length > killAt) child.kill('SIGKILL');
  }
  return output.split('granted\n').length - 1;
}

async function counted(file: string, client: string): Promise<number> {
  const storage = new SqliteStorage({ file, clock: systemClock, log: createLogger(() => {}, 'test') });
  const [row] = await storage.counters.used([client], [{ per: 'day', startsAt: 0 }]);
  await storage.close();
  return row?.requests ?? 0;
}

test(`in ${runs} of ${runs} runs exactly 50 are let out`, { timeout: 30 * 60_000 }, async () => {
  const file = path.join(tempFolder(), 'history', 'one.sqlite');
  for (let run = 0; run < runs; run++) {
    const whole = `whole ${run}`;
    expect(await burst(file, whole)).toBe(50);
    expect(await counted(file, whole)).toBe(50);

    const killed = `killed ${run}`;
    const before = await burst(file, killed, 1 + (run % 40));
    const reserved = await counted(file, killed);
    // Nothing goes out that is not on the disk.
    expect(reserved).toBeGreaterThanOrEqual(before);
    const after = await burst(file, killed);
    expect(reserved + after).toBe(50);
    expect(await counted(file, killed)).toBe(50);
  }
});
