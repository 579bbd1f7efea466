// Kills a program that writes its history, and looks at what is left.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createLogger } from '../../src-main/lib/logger.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { SqliteStorage } from '../../src-main/storage/sqlite-storage.ts';

export interface Killed {
  /** Ids in the order the requests ended, with when they did (milliseconds since the epoch). */
  readonly ended: readonly { readonly id: string; readonly at: number }[];
  /** So many of them the program had said to be in the file. */
  readonly kept: number;
  readonly killedAt: number;
}

/** Runs it until `batches` were written and a little longer, then kill -9. */
export async function killWriter(file: string, batches: number): Promise<Killed> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'history-process.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let seen = 0;
  let killedAt = 0;
  for await (const chunk of child.stdout) {
    output += chunk;
    seen = output.split('\nkept ').length - 1;
    // At another moment of a batch each time.
    if (killedAt === 0 && seen >= batches && Math.random() < 0.1) {
      killedAt = Date.now();
      child.kill('SIGKILL');
    }
  }
  // The last line may be cut off.
  const lines = output.split('\n').slice(0, -1);
  const ended = lines
    .filter((line) => line.startsWith('end '))
    .map((line) => line.split(' '))
    .map(([, id = '', at]) => ({ id, at: Number(at) }));
  const writes = lines.filter((line) => line.startsWith('kept ')).map((line) => Number(line.split(' ')[1]));
  return { ended, kept: writes.at(-1) ?? 0, killedAt };
}

/** Ids that are in the file, newest first, down to but without `after`, and whether it had to be set aside. */
export async function keptIds(
  file: string,
  after = '',
): Promise<{ readonly ids: readonly string[]; readonly setAside?: string }> {
  const storage = new SqliteStorage({ file, clock: systemClock, log: createLogger(() => {}, 'test') });
  const ids: string[] = [];
  for (;;) {
    const page = await storage.ledger.page({ filter: {}, before: ids.at(-1), limit: 500 });
    const fresh = page.map(({ id }) => id).filter((id) => id > after);
    ids.push(...fresh);
    if (fresh.length < 500) break;
  }
  const { setAside } = storage;
  await storage.close();
  return { ids, ...(setAside !== undefined && { setAside }) };
}
