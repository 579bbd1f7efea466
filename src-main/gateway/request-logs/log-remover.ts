// Removes the oldest request logs, some at a time, so that new ones do not have to wait for long.
import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { isAbsent } from '../../lib/files/file-errors.ts';

export interface PruneOrder {
  readonly kind: 'prune';
  readonly folder: string;
  /** All request logs, or those of failed requests that are kept while `request-log` is off. */
  readonly logs: 'all' | 'errors';
  /** No more of them are left: how many files, and how many bytes together. */
  readonly most: { readonly files?: number; readonly bytes?: number };
}

/** What one step has left to do. */
export interface Pruned {
  /** Bytes of the logs that stay, as they were when the folder was looked at. */
  readonly keptBytes: number;
  /** Files that are still to be removed; the same order again goes on with them. */
  readonly left: number;
}

const names = { all: /-\d{9}-[0-9a-f]{8}\.log$/, errors: /^error-.*-[0-9a-f]{8}\.log$/ };
/** Files removed in one step, in some tens of milliseconds. */
const stepFiles = 500;

interface LogFile {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** Of its last change, in milliseconds since the epoch. */
  readonly time: number;
}

export class LogRemover {
  /** Those that have to go, oldest last, and what stays. */
  readonly #plans = new Map<PruneOrder['logs'], { readonly surplus: LogFile[]; readonly keptBytes: number }>();

  /** Throws the system error. */
  step({ folder, logs, most }: PruneOrder): Pruned {
    const { surplus, keptBytes } = this.#plans.get(logs) ?? planOf(filesIn(folder, names[logs]), most);
    this.#plans.delete(logs);
    for (const { file } of surplus.splice(-stepFiles).reverse()) rmSync(file, { force: true });
    if (surplus.length > 0) this.#plans.set(logs, { surplus, keptBytes });
    return { keptBytes, left: surplus.length };
  }
}

function planOf(
  files: readonly LogFile[],
  { files: maxFiles = Infinity, bytes: maxBytes = Infinity }: PruneOrder['most'],
) {
  const newestFirst = files.toSorted((one, other) => other.time - one.time);
  let keptBytes = 0;
  const first = newestFirst.findIndex(({ size }, index) => {
    if (index >= maxFiles || keptBytes + size > maxBytes) return true;
    keptBytes += size;
    return false;
  });
  return { surplus: first < 0 ? [] : newestFirst.slice(first), keptBytes };
}

/** None when the directory does not exist. */
function filesIn(folder: string, name: RegExp): readonly LogFile[] {
  try {
    return readdirSync(folder)
      .filter((entry) => name.test(entry))
      .flatMap((entry) => {
        const file = path.join(folder, entry);
        const stat = statSync(file, { throwIfNoEntry: false });
        return stat?.isFile() ? [{ file, size: stat.size, time: stat.mtimeMs }] : [];
      });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
