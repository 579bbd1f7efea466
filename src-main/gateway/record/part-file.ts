// A file that grows under another name until it is complete. A small one is written at once, at the end.
import { writeFile } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { privateMode, temporaryName } from '../../core/atomic-file.ts';
import { makeFolder } from '../../core/make-folder.ts';

/** Costs less than the one of `fs/promises`, which makes a handle for each file. */
const writeNew = promisify(writeFile);

/** Kept in memory before the file is begun. */
const smallBytes = 64 * 1024;
/** A disk that is this far behind gets no more. */
const mostWaiting = 8 * 1024 * 1024;

export interface PartFileOptions {
  /** Under which path it is complete; asked when the file is begun. */
  readonly target: () => string;
  /** What is beyond is left out, and said so. */
  readonly mostBytes: number;
}

const newFile = { flag: 'wx', mode: privateMode };
const mark = Buffer.from('\n[truncated]\n');

export class PartFile {
  readonly #options: PartFileOptions;
  /** Its path until it is complete; undefined before it is begun. */
  #part: string | undefined;
  #target = '';
  #waiting: (Buffer | string)[] = [];
  #waitingBytes = 0;
  #total = 0;
  #isCut = false;
  #file: FileHandle | undefined;
  #writing: Promise<void> | undefined;
  #error: unknown;

  constructor(options: PartFileOptions) {
    this.#options = options;
  }

  /** Never waits, never throws: what fails is told by `finish`. */
  write(piece: Buffer | string): void {
    if (this.#isCut) return;
    const room = Math.min(this.#options.mostBytes - this.#total, mostWaiting - this.#waitingBytes);
    this.#isCut = Buffer.byteLength(piece) > room;
    if (this.#isCut) this.#add([Buffer.from(piece).subarray(0, Math.max(0, room)), mark]);
    else this.#add([piece]);
    if (this.#waitingBytes > smallBytes) this.#writing ??= this.#drain();
  }

  /** Completes the file under its own name; how many bytes it has. Throws the system error: `discard` it then. */
  async finish(): Promise<number> {
    if (this.#part === undefined) {
      const bytes = this.#take();
      await this.#begin((part) => writeNew(part, bytes, newFile));
    } else {
      await this.#settle();
    }
    await rename(this.#part as string, this.#target);
    return this.#total;
  }

  /** Takes the content over from another file, which is gone then. Throws the system error: `discard` both then. */
  async append(other: PartFile): Promise<void> {
    if (other.#part === undefined) {
      this.#add(other.#waiting);
      return;
    }
    await other.#settle();
    await this.#writing;
    this.#add([await readFile(other.#part)]);
    await this.#drain();
    await other.discard();
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    this.#isCut = true;
    this.#waiting = [];
    await this.#writing;
    await this.#close();
    if (this.#part !== undefined) await rm(this.#part, { force: true });
  }

  #add(pieces: readonly (Buffer | string)[]): void {
    for (const piece of pieces) {
      this.#waiting.push(piece);
      this.#waitingBytes += Buffer.byteLength(piece);
      this.#total += Buffer.byteLength(piece);
    }
  }

  #take(): Buffer {
    const bytes = Buffer.allocUnsafeSlow(this.#waitingBytes);
    let at = 0;
    for (const piece of this.#waiting) at += typeof piece === 'string' ? bytes.write(piece, at) : piece.copy(bytes, at);
    this.#waiting = [];
    this.#waitingBytes = 0;
    return bytes;
  }

  async #settle(): Promise<void> {
    await this.#writing;
    await this.#drain();
    await this.#close();
    if (this.#error !== undefined) throw this.#error;
  }

  async #close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  async #drain(): Promise<void> {
    try {
      this.#file ??= await this.#begin((part) => open(part, 'wx', privateMode));
      while (this.#waiting.length > 0) await this.#file.writeFile(this.#take());
    } catch (error) {
      this.#error = error;
      this.#isCut = true;
      this.#waiting = [];
    } finally {
      this.#writing = undefined;
    }
  }

  /** Makes the folder too when it is not there. */
  async #begin<T>(make: (part: string) => Promise<T>): Promise<T> {
    this.#target = this.#options.target();
    this.#part = temporaryName(this.#target);
    try {
      return await make(this.#part);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      makeFolder(path.dirname(this.#target));
      return make(this.#part);
    }
  }
}
