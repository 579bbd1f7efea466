// A file that grows under another name until it is complete. Small ones are written at once, at the end.
import { writeFile } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { privateMode } from '../../core/atomic-file.ts';

/** Costs less than the one of `fs/promises`, which makes a handle for each file. */
const writeNew = promisify(writeFile);

/** Kept in memory before the file is begun. */
const smallBytes = 64 * 1024;
/** A disk that is this far behind gets no more. */
const mostWaiting = 8 * 1024 * 1024;

export interface PartFileOptions {
  readonly folder: string;
  readonly name: string;
  /** What is beyond is left out, and said so. */
  readonly mostBytes: number;
}

const mark = Buffer.from('\n[truncated]\n');

export class PartFile {
  readonly #options: PartFileOptions;
  readonly #part: string;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #total = 0;
  #isCut = false;
  #file: FileHandle | undefined;
  #writing: Promise<void> | undefined;
  #error: unknown;

  constructor(options: PartFileOptions) {
    this.#options = options;
    this.#part = path.join(options.folder, `.${options.name}.part`);
  }

  /** Never waits, never throws: what fails is told by `finish`. */
  write(piece: Buffer | string): void {
    if (this.#isCut) return;
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    const room = Math.min(this.#options.mostBytes - this.#total, mostWaiting - this.#waitingBytes);
    this.#isCut = bytes.length > room;
    const kept = this.#isCut ? [bytes.subarray(0, Math.max(0, room)), mark] : [bytes];
    this.#waiting.push(...kept);
    this.#waitingBytes += Math.min(bytes.length, room);
    this.#total += bytes.length;
    if (this.#waitingBytes > smallBytes) this.#writing ??= this.#drain();
  }

  /** Completes the file under its own name; how many bytes it has. Throws the system error. */
  async finish(name: string): Promise<number> {
    const target = path.join(this.#options.folder, name);
    if (this.#file === undefined && this.#writing === undefined) {
      await this.#inFolder(() => writeNew(this.#part, Buffer.concat(this.#waiting), { flag: 'wx', mode: privateMode }));
    } else await this.#settle();
    await rename(this.#part, target);
    return this.#total;
  }

  /** Takes the content over from another file, which is gone then. */
  async append(other: PartFile): Promise<void> {
    if (other.#file === undefined && other.#writing === undefined) {
      this.#waiting.push(...other.#waiting);
      this.#total += other.#total;
      return;
    }
    await other.#settle();
    await this.#writing;
    const source = await open(other.#part, 'r');
    try {
      const bytes = await source.readFile();
      this.#waiting.push(bytes);
      this.#total += bytes.length;
      await this.#drain();
    } finally {
      await source.close();
      await rm(other.#part, { force: true });
    }
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    this.#isCut = true;
    this.#waiting = [];
    if (this.#file === undefined && this.#writing === undefined) return;
    await this.#writing;
    await this.#file?.close();
    await rm(this.#part, { force: true });
  }

  async #settle(): Promise<void> {
    await this.#writing;
    await this.#drain();
    await this.#file?.close();
    if (this.#error !== undefined) {
      await rm(this.#part, { force: true });
      throw this.#error;
    }
  }

  async #drain(): Promise<void> {
    try {
      this.#file ??= await this.#open();
      while (this.#waiting.length > 0) {
        const bytes = Buffer.concat(this.#waiting);
        this.#waiting = [];
        this.#waitingBytes = 0;
        await this.#file.writeFile(bytes);
      }
    } catch (error) {
      this.#error = error;
      this.#isCut = true;
      this.#waiting = [];
    } finally {
      this.#writing = undefined;
    }
  }

  #open(): Promise<FileHandle> {
    return this.#inFolder(() => open(this.#part, 'wx', privateMode));
  }

  /** Makes the folder when it is not there. */
  async #inFolder<T>(make: () => Promise<T>): Promise<T> {
    try {
      return await make();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
      return make();
    }
  }
}
