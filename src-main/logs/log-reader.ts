// Reads the log: all its files as one list of lines, at the cost of the requested lines only.
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isAbsent } from '../lib/files/file-errors.ts';
import { stripTrailing } from '../lib/strip-trailing.ts';
import { type Block, chunkBytes, LogIndex } from './log-index.ts';
import { lineTime } from './log-line.ts';

export interface LogQuery {
  /** Seconds since the epoch: only lines after that, with the lines without a time that follow them. */
  readonly after?: number | undefined;
  /** At most this many, the newest. */
  readonly limit?: number | undefined;
}

export interface LogPage {
  readonly lines: string[];
  /** Lines in all files, whatever was requested. */
  readonly 'line-count': number;
  /** The newest time of any line, or `after` when that is later. */
  readonly 'latest-timestamp': number;
}

export interface LogPart {
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

interface SelectedBlock {
  readonly file: string;
  readonly block: Block;
  /** The last time before the block. */
  readonly before: number;
}

export const activeName = 'main.log';
/** Of the newest lines in one response, which is built in memory. `line-count` tells how many there are. */
const maxBytes = 8 * 1024 * 1024;
/** Of a line that is larger than a chunk of the index. The program writes no such lines. */
const maxLineBytes = 64 * 1024;

const numbered = /^main\.log\.(\d+)$/;
const dated = /^main-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)(?:\..*)?\.log(?:\.gz)?$/;

/** Where a file stands in the log, the oldest having the highest number; `undefined` when it is no part of it. */
function age(name: string): number | undefined {
  if (name === activeName) return 0;
  const number = numbered.exec(name)?.[1];
  if (number !== undefined) return Number(number);
  const [, day, hour, minute, second] = dated.exec(name) ?? [];
  const time = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : Number.MAX_SAFE_INTEGER - time;
}

/** The files of the log, oldest first; empty when there is no directory. Throws the system error. */
export async function logParts(directory: string): Promise<readonly LogPart[]> {
  return (await statParts(directory)).map(({ name, path, size }) => ({ name, path, size }));
}

async function statParts(directory: string) {
  const names = await readdir(directory);
  const parts = await Promise.all(
    names.map(async (name) => {
      const order = age(name);
      if (order === undefined) return undefined;
      const file = path.join(directory, name);
      try {
        const found = await stat(file, { bigint: true });
        if (!found.isFile()) return undefined;
        const key = `${found.dev}:${found.ino}`;
        return { name, path: file, order, key, size: Number(found.size), modified: Number(found.mtimeNs) };
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    }),
  );
  // Of the same second: by name, which goes on with the milliseconds.
  return parts.filter((part) => part !== undefined).sort((a, b) => b.order - a.order || (a.name < b.name ? -1 : 1));
}

/** Reads of one directory must not overlap with each other or with a rotation. */
export class LogReader {
  readonly #directory: string;
  /** By the file itself and not by its name, so that a rotated file stays known. */
  #indexes = new Map<string, LogIndex>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Throws the system error. */
  async read({ after = 0, limit = Number.POSITIVE_INFINITY }: LogQuery): Promise<LogPage> {
    const wanted: SelectedBlock[] = [];
    const indexes = new Map<string, LogIndex>();
    let [count, newest, before] = [0, 0, 0];
    for (const part of await statParts(this.#directory)) {
      const index = this.#indexes.get(part.key) ?? new LogIndex();
      await index.update(part.path, part.size, part.modified);
      indexes.set(part.key, index);
      for (const block of index.all) {
        count += block.lines;
        newest = Math.max(newest, block.newest);
        const has = after <= 0 || block.newest > after || (block.continues && before > after);
        if (has) wanted.push({ file: part.path, block, before });
        before = block.last || before;
      }
    }
    this.#indexes = indexes;
    const lines = await readBackwards(wanted, after, limit);
    return { lines, 'line-count': count, 'latest-timestamp': Math.max(newest, after, 0) };
  }
}

async function readBackwards(wanted: readonly SelectedBlock[], after: number, limit: number): Promise<string[]> {
  const pages: string[][] = [];
  let [found, bytes] = [0, 0];
  for (const { file, block, before } of wanted.toReversed()) {
    if (found >= limit || bytes >= maxBytes) break;
    const lines = selected(await linesOf(file, block), after, before);
    bytes += Math.min(block.end - block.start, chunkBytes);
    found += lines.length;
    pages.push(lines);
  }
  const all = pages.toReversed().flat();
  return found > limit ? all.slice(-limit) : all;
}

async function linesOf(file: string, { start, end }: Block): Promise<string[]> {
  const handle = await open(file, 'r');
  try {
    const isLongLine = end - start > chunkBytes;
    const bytes = Buffer.allocUnsafe(isLongLine ? maxLineBytes : end - start);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    const lines = bytes.toString('utf8', 0, bytesRead).split('\n');
    if (isLongLine) return [`${lines[0]}… (cut short)`];
    if (lines.at(-1) === '') lines.pop();
    return lines.map((line) => stripTrailing(line, '\r'));
  } finally {
    await handle.close();
  }
}

function selected(lines: string[], after: number, before: number): string[] {
  if (after <= 0) return lines;
  let last = before;
  return lines.filter((line) => {
    last = lineTime(line) || last;
    return last > after;
  });
}
