// Appends to the active file of the log, rotates it by size, and deletes files beyond the limit. Calls must not overlap.
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { privateMode } from '../lib/files/atomic-file.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import type { Clock } from '../lib/time/clock.ts';
import { activeName, type LogPart, logParts } from './log-reader.ts';

export const rotateBytes = 10 * 1024 * 1024;

export class LogWriter {
  readonly #directory: string;
  readonly #active: string;
  readonly #clock: Clock;
  /** Of all files together; 0 or less: no limit. Takes effect with the next {@link prune}. */
  maxTotalBytes = 0;
  /** As of the last prune with a limit. */
  #rotatedBytes = 0;

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#active = path.join(directory, activeName);
    this.#clock = clock;
  }

  /**
   * Appends all or nothing, after creating the folder when missing. The file is opened again each time, since other programs may
   * delete or move it. Throws the system error.
   */
  async write(bytes: Buffer): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    if (bytes.length === 0) return;
    let file = await this.#openActive();
    try {
      let { size } = await file.stat();
      if (size > 0 && size + bytes.length > this.#rotateAt) {
        await file.close();
        await this.#rotate();
        file = await this.#openActive();
        size = (await file.stat()).size;
      }
      try {
        await file.writeFile(bytes);
      } catch (error) {
        // A full disk may have accepted a part, which the retry would repeat.
        await file.truncate(size);
        throw error;
      }
      if (this.#rotatedBytes > 0 && this.#rotatedBytes + size + bytes.length > this.maxTotalBytes) await this.prune();
    } finally {
      await file.close();
    }
  }

  /** Does not wait for a reader, should a pipe stand in its place. */
  async #openActive(): Promise<FileHandle> {
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);
    const file = await open(this.#active, flags, privateMode);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw new Error(`${activeName} is not a plain file`);
  }

  /** Empties the active file and deletes the rotated ones; how many. Throws the system error. */
  async clear(): Promise<number> {
    const rotated = (await logParts(this.#directory)).filter((part) => part.name !== activeName);
    await truncate(this.#active).catch(ignoreAbsent);
    for (const part of rotated) await rm(part.path, { force: true });
    return rotated.length;
  }

  /** Deletes the oldest rotated files until all are within the limit. Throws the system error. */
  async prune(): Promise<void> {
    this.#rotatedBytes = 0;
    if (this.maxTotalBytes <= 0) return;
    const parts: readonly LogPart[] = (await logParts(this.#directory).catch(ignoreAbsent)) ?? [];
    const rotated = parts.filter((part) => part.name !== activeName);
    let total = parts.reduce((sum, part) => sum + part.size, 0);
    for (const part of rotated) {
      if (total > this.maxTotalBytes) {
        await rm(part.path, { force: true });
        total -= part.size;
      } else {
        this.#rotatedBytes += part.size;
      }
    }
  }

  /** A small limit is shared by at least two files, so that a rotation does not lose everything. */
  get #rotateAt(): number {
    return this.maxTotalBytes > 0 ? Math.min(rotateBytes, this.maxTotalBytes / 2) : rotateBytes;
  }

  async #rotate(): Promise<void> {
    const taken = new Set((await logParts(this.#directory)).map((part) => part.name));
    let at = this.#clock.now();
    while (taken.has(rotatedName(at))) at += 1;
    await rename(this.#active, path.join(this.#directory, rotatedName(at)));
    await this.prune();
  }
}

function rotatedName(ms: number): string {
  return `main-${new Date(ms).toISOString().slice(0, -1).replaceAll(':', '-')}.log`;
}

function ignoreAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}
