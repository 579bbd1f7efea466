// Takes a lock over and over, to be run several times at once or killed: node lock-process.ts LOCK COUNTER ROUNDS
// In each round it adds one to the number in the file COUNTER, slowly; `hold` for ROUNDS holds the lock for ever.
import { readFileSync, writeFileSync } from 'node:fs';
import { withLock } from '../../src-main/lib/files/file-lock.ts';

const [lock = '', counter = '', rounds = ''] = process.argv.slice(2);
if (rounds === 'hold') {
  await withLock(lock, async () => {
    process.stdout.write('held\n');
    await new Promise((resolve) => setTimeout(resolve, 600_000));
  });
}
for (let round = 0; round < Number(rounds); round += 1) {
  await withLock(lock, async () => {
    const count = Number(readFileSync(counter, 'utf8'));
    await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(counter, String(count + 1));
  });
}
