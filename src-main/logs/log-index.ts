// An index of one log file: where its blocks of lines begin, how many lines they have, how new those are.
import { type FileHandle, open } from 'node:fs/promises';
import { lineTime, stampLength } from './log-line.ts';

/** A run of whole lines. */
export interface Block {
  readonly start: number;
  end: number;
  lines: number;
  /** The newest time of a line, in seconds since the epoch; 0 when no line has one. */
  newest: number;
  /** The time of the last line that has one, 0 when none has. */
  last: number;
  /** Whether the first line has no time, so that it belongs to a line before the block. */
  readonly continues: boolean;
}

const blockBytes = 256 * 1024;
/** A block that is larger is a single line. */
export const chunkBytes = 1024 * 1024;
const proofBytes = 64;
const newline = 10;

export class LogIndex {
  readonly blocks: Block[] = [];
  /** Up to where the file is indexed: the end of its last complete line. */
  #end = 0;
  /** The last line while it is incomplete. */
  #open: Block | undefined;
  #seenSize = -1;
  #seenTime = -1;
  /** The bytes before `#end`: if they differ, it is another file. */
  #proof = Buffer.alloc(0);

  /** All blocks; an incomplete last line is one of its own. */
  get all(): readonly Block[] {
    return this.#open === undefined ? this.blocks : [...this.blocks, this.#open];
  }

  /** Indexes what was added to the file, or everything if it is another file by now. Throws the system error. */
  async update(file: string, size: number, modified: number): Promise<void> {
    if (size === this.#seenSize && modified === this.#seenTime) return;
    const handle = await open(file, 'r');
    try {
      if (!(await this.#isContinuedBy(handle, size))) this.#reset();
      await this.#readNew(handle, size);
    } finally {
      await handle.close();
    }
    this.#seenSize = size;
    this.#seenTime = modified;
  }

  async #isContinuedBy(handle: FileHandle, size: number): Promise<boolean> {
    if (size < this.#end) return false;
    if (this.#end === 0) return true;
    const bytes = Buffer.alloc(this.#proof.length);
    await handle.read(bytes, 0, bytes.length, this.#end - bytes.length);
    return bytes.equals(this.#proof);
  }

  #reset(): void {
    this.blocks.length = 0;
    this.#end = 0;
    this.#proof = Buffer.alloc(0);
  }

  async #readNew(handle: FileHandle, size: number): Promise<void> {
    this.#open = undefined;
    const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(size - this.#end, 1)));
    let filled = 0;
    while (this.#end + filled < size) {
      if (filled === chunk.length) {
        const time = timeAt(chunk, 0, filled);
        const end = await this.#endOfLongLine(handle, this.#end + filled, size);
        if (end === undefined) {
          this.#open = blockOf(this.#end, size, time);
          return;
        }
        this.#add(this.#end, end, time);
        this.#end = end;
        const { bytesRead } = await handle.read(chunk, 0, proofBytes, end - proofBytes);
        this.#proof = Buffer.from(chunk.subarray(0, bytesRead));
        filled = 0;
        continue;
      }
      const wanted = Math.min(chunk.length - filled, size - this.#end - filled);
      const { bytesRead } = await handle.read(chunk, filled, wanted, this.#end + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
      const used = this.#indexLines(chunk.subarray(0, filled));
      chunk.copyWithin(0, used, filled);
      filled -= used;
    }
    if (filled > 0) this.#open = blockOf(this.#end, this.#end + filled, timeAt(chunk, 0, filled));
  }

  /** One past the line break of a line that fills a whole chunk; `undefined` when it is not complete. */
  async #endOfLongLine(handle: FileHandle, from: number, size: number): Promise<number | undefined> {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (let at = from; at < size; ) {
      const { bytesRead } = await handle.read(chunk, 0, Math.min(chunk.length, size - at), at);
      if (bytesRead === 0) return undefined;
      const stop = chunk.subarray(0, bytesRead).indexOf(newline);
      if (stop >= 0) return at + stop + 1;
      at += bytesRead;
    }
    return undefined;
  }

  /** Indexes the complete lines at the beginning of `bytes`, which are at `#end`, and returns their length. */
  #indexLines(bytes: Buffer): number {
    const base = this.#end;
    let start = 0;
    let before = '';
    let time = 0;
    for (let stop = bytes.indexOf(newline); stop >= 0; stop = bytes.indexOf(newline, start)) {
      // Many lines have the same time, which is parsed once.
      const beginning = bytes.toString('latin1', start, Math.min(start + stampLength, stop));
      if (beginning !== before) time = lineTime(beginning);
      before = beginning;
      this.#add(base + start, base + stop + 1, time);
      start = stop + 1;
    }
    if (start > 0) {
      this.#proof = Buffer.from(bytes.subarray(Math.max(0, start - proofBytes), start));
      this.#end = base + start;
    }
    return start;
  }

  #add(start: number, end: number, time: number): void {
    const block = this.blocks.at(-1);
    if (block === undefined || end - block.start > blockBytes) {
      this.blocks.push(blockOf(start, end, time));
      return;
    }
    block.end = end;
    block.lines += 1;
    if (time === 0) return;
    block.last = time;
    if (time > block.newest) block.newest = time;
  }
}

function blockOf(start: number, end: number, time: number): Block {
  return { start, end, lines: 1, newest: time, last: time, continues: time === 0 };
}

function timeAt(bytes: Buffer, start: number, end: number): number {
  return lineTime(bytes.toString('latin1', start, Math.min(start + stampLength, end)));
}
