// Reads along with a multipart body (RFC 7578) without changing or keeping it: where parts begin and end.
import { dispositionOf } from './part-head.ts';
import { UploadError } from './upload-error.ts';

/** The head of one part. */
export interface PartHead {
  readonly name: string;
  /** Undefined for a plain field. */
  readonly fileName: string | undefined;
  /** `''` when it has none. */
  readonly contentType: string;
}

/** Told what comes. Places are offsets in the whole body; bytes are valid until the next chunk. */
export interface PartSink {
  readonly onPart: (head: PartHead, start: number) => void;
  readonly onBytes: (bytes: Buffer) => void;
  readonly onPartEnd: (end: number) => void;
}

const maxHeadBytes = 16 * 1024;
const maxParts = 10_000;
const [dash, space, tab, carriageReturn] = [0x2d, 0x20, 0x09, 0x0d];
const headEnd = Buffer.from('\r\n\r\n');
const none: Buffer = Buffer.alloc(0);

export class MultipartScanner {
  readonly #mark: Buffer;
  readonly #sink: PartSink;
  #state: 'body' | 'mark' | 'head' | 'end' = 'body';
  /** Whether the body that is being read is a part's, not what stands before the first. */
  #isPart = false;
  #parts = 0;
  /** What cannot be judged before more comes; its first byte stands at `#offset`. A line break may stand before the body. */
  #held: Buffer = Buffer.from('\r\n');
  #offset = -2;

  constructor(boundary: string, sink: PartSink) {
    this.#mark = Buffer.from(`\r\n--${boundary}`);
    this.#sink = sink;
  }

  /** Whether the last boundary has come. */
  get isComplete(): boolean {
    return this.#state === 'end';
  }

  /** Throws `UploadError`. */
  push(chunk: Buffer): void {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    let at = 0;
    for (let isStuck = false; !isStuck; ) {
      const state = this.#state;
      const next = this.#step(bytes, at);
      isStuck = next === at && this.#state === state;
      at = next;
    }
    this.#held = at === bytes.length ? none : Buffer.from(bytes.subarray(at));
    this.#offset += at;
  }

  /** How far the bytes are understood now; the same place when more must come. */
  #step(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'body':
        return this.#readBody(bytes, at);
      case 'mark':
        return this.#readMark(bytes, at);
      case 'head':
        return this.#readHead(bytes, at);
      case 'end':
        return bytes.length;
    }
  }

  #readBody(bytes: Buffer, at: number): number {
    const found = bytes.indexOf(this.#mark, at);
    const end = found < 0 ? this.#possibleMark(bytes, at) : found;
    if (this.#isPart && end > at) this.#sink.onBytes(bytes.subarray(at, end));
    if (found < 0) return end;
    this.#state = 'mark';
    return found;
  }

  /** Where a mark may begin that the next chunk goes on with; the end when there is none. */
  #possibleMark(bytes: Buffer, from: number): number {
    const first = Math.max(from, bytes.length - this.#mark.length + 1);
    for (let at = bytes.indexOf(carriageReturn, first); at >= 0; at = bytes.indexOf(carriageReturn, at + 1)) {
      if (this.#mark.subarray(0, bytes.length - at).equals(bytes.subarray(at))) return at;
    }
    return bytes.length;
  }

  /** `bytes` at `at` has the mark: what follows it says whether it is one. */
  #readMark(bytes: Buffer, at: number): number {
    const after = at + this.#mark.length;
    let end = after;
    while (bytes[end] === space || bytes[end] === tab) end++;
    if (end - after > maxHeadBytes) throw new UploadError(400, 'A boundary of the multipart body does not end.');
    if (bytes.length < end + 2) return at;
    const isLast = bytes[after] === dash && bytes[after + 1] === dash;
    if (!isLast && bytes.toString('latin1', end, end + 2) !== '\r\n') {
      // Another line that begins like the boundary.
      this.#state = 'body';
      if (this.#isPart) this.#sink.onBytes(bytes.subarray(at, at + 2));
      return at + 2;
    }
    if (this.#isPart) this.#sink.onPartEnd(this.#offset + at);
    this.#isPart = false;
    this.#state = isLast ? 'end' : 'head';
    return isLast ? bytes.length : end;
  }

  /** `at` is the line break before the head. */
  #readHead(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(headEnd, at);
    if ((end < 0 ? bytes.length : end) - at > maxHeadBytes)
      throw new UploadError(400, 'The head of a part of the multipart body is too long.');
    if (end < 0) return at;
    this.#parts++;
    if (this.#parts > maxParts) throw new UploadError(400, 'The multipart body has too many parts.');
    const start = end + headEnd.length;
    this.#isPart = true;
    this.#state = 'body';
    this.#sink.onPart(dispositionOf(bytes.toString('utf8', at, end)), this.#offset + start);
    // An empty part: its line break is that of the next boundary.
    return start;
  }
}
