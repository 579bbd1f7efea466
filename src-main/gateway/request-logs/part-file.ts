// A file that grows under another name until it is complete. A small one is handed over whole, at the end.
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { privateMode, temporaryName } from '../../lib/files/atomic-file.ts';
import { mkdirp } from '../../lib/files/mkdirp.ts';
import type { LogThread, Pieces } from './log-thread.ts';

/** Kept in memory before the file is begun. */
const smallBytes = 64 * 1024;
/** A disk that is this far behind gets no more. */
const maxWaiting = 8 * 1024 * 1024;

export interface PartFileOptions {
  /** Under which path it is complete; asked when the file is begun. */
  readonly target: () => string;
  /** What is beyond is left out, and said so. */
  readonly maxBytes: number;
  /** Writes those that are small. */
  readonly thread: LogThread;
}

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
    const room = Math.min(this.#options.maxBytes - this.#total, maxWaiting - this.#waitingBytes);
    this.#isCut = Buffer.byteLength(piece) > room;
    if (this.#isCut) this.#add([Buffer.from(piece).subarray(0, Math.max(0, room)), mark]);
    else this.#add([piece]);
    if (this.#waitingBytes > smallBytes) this.#writing ??= this.#drain();
  }

  /** Completes the file under its own name; how many bytes it has. Throws the system error: `discard` it then. */
  async finish(): Promise<number> {
    if (this.#part === undefined) {
      await this.#options.thread.write(this.#options.target(), this.#waiting, this.#total);
    } else {
      await this.#settle();
      await rename(this.#part, this.#target);
    }
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

  #add(pieces: Pieces): void {
    for (const piece of pieces) {
      this.#waiting.push(piece);
      this.#waitingBytes += Buffer.byteLength(piece);
      this.#total += Buffer.byteLength(piece);
    }
  }

  #takeWaiting(): Buffer {
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
      this.#file ??= await this.#begin();
      while (this.#waiting.length > 0) await this.#file.writeFile(this.#takeWaiting());
    } catch (error) {
      this.#error = error;
      this.#isCut = true;
      this.#waiting = [];
    } finally {
      this.#writing = undefined;
    }
  }

  /** Makes the folder too when it is not there. */
  async #begin(): Promise<FileHandle> {
    this.#target = this.#options.target();
    this.#part = temporaryName(this.#target);
    try {
      return await open(this.#part, 'wx', privateMode);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      mkdirp(path.dirname(this.#target));
      return open(this.#part, 'wx', privateMode);
    }
  }
}
