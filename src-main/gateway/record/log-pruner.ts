// Removes the oldest request logs when there are too many. Looks at the folder seldom, and once at a time.
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isAbsent } from '../../core/atomic-file.ts';

/** Logs of failed requests that are kept while `request-log` is off. */
const mostErrors = 10;
const errorLog = /^error-.*-[0-9a-f]{8}\.log$/;
const requestLog = /-\d{9}-[0-9a-f]{8}\.log$/;

interface LogFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of its last change, in milliseconds since the epoch. */
  readonly time: number;
}

/** Of the files, newest first, those that have to go. */
type Surplus = (files: readonly LogFile[]) => readonly LogFile[];

export class LogPruner {
  readonly #folder: string;
  /** Of all logs, at least; unknown until the folder has been looked at. */
  #totalBytes: number | undefined;
  #writtenMeanwhile = 0;
  #wanted: (() => Promise<void>) | undefined;
  #looking: Promise<void> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * After a log was written while all are kept. Throws the system error.
   * @param bytes its size @param mostBytes of all logs together
   */
  async logAdded(bytes: number, mostBytes: number): Promise<void> {
    this.#writtenMeanwhile += bytes;
    if (this.#totalBytes !== undefined) this.#totalBytes += bytes;
    if (mostBytes === Number.POSITIVE_INFINITY || (this.#totalBytes ?? Number.POSITIVE_INFINITY) <= mostBytes) return;
    await this.#look(async () => {
      this.#writtenMeanwhile = 0;
      // Some room is made, so that not every log needs a look.
      const keptBytes = await this.#remove(requestLog, (files) => files.slice(countWithin(files, mostBytes * 0.9)));
      this.#totalBytes = keptBytes + this.#writtenMeanwhile;
    });
  }

  /** After the log of a failed request was written while only these are kept. Throws the system error. */
  async errorAdded(): Promise<void> {
    await this.#look(async () => {
      await this.#remove(errorLog, (files) => files.slice(mostErrors));
    });
  }

  /** A look that is asked for during another comes after it, once for all who asked. */
  #look(work: () => Promise<void>): Promise<void> {
    this.#wanted = work;
    this.#looking ??= this.#lookWhileWanted().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookWhileWanted(): Promise<void> {
    while (this.#wanted !== undefined) {
      const work = this.#wanted;
      this.#wanted = undefined;
      await work();
    }
  }

  /** How many bytes are left. */
  async #remove(kind: RegExp, surplus: Surplus): Promise<number> {
    const files: LogFile[] = [];
    // One after the other: there may be a hundred thousand.
    for (const name of await namesIn(this.#folder)) {
      const file = kind.test(name) ? await logFile(this.#folder, name) : undefined;
      if (file !== undefined) files.push(file);
    }
    files.sort((one, other) => other.time - one.time);
    let kept = files.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size } of surplus(files)) {
      await rm(path.join(this.#folder, name), { force: true });
      kept -= size;
    }
    return kept;
  }
}

/** How many of the files, from the first on, have no more bytes than that. */
function countWithin(files: readonly LogFile[], mostBytes: number): number {
  let total = 0;
  const first = files.findIndex(({ size }) => {
    total += size;
    return total > mostBytes;
  });
  return first < 0 ? files.length : first;
}

/** Nothing when somebody has removed the folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Undefined when somebody has removed the file meanwhile. */
async function logFile(folder: string, name: string): Promise<LogFile | undefined> {
  try {
    const { size, mtimeMs } = await stat(path.join(folder, name));
    return { name, size, time: mtimeMs };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}
