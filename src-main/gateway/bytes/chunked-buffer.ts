// Bytes in the pieces in which they came, read as one: a large body is never copied into one piece.
import { StringDecoder } from 'node:string_decoder';

const nothing = Buffer.alloc(0);

export class ChunkedBuffer {
  readonly pieces: readonly Buffer[];
  readonly length: number;
  /** Where each piece begins. */
  readonly #starts: readonly number[];
  /** The piece that was read last, and its place: most reads stay in it. */
  #piece: Buffer;
  #index = 0;
  #start = 0;

  constructor(pieces: readonly Buffer[]) {
    this.pieces = pieces.some(({ length }) => length === 0) ? pieces.filter(({ length }) => length > 0) : pieces;
    const starts: number[] = [];
    let length = 0;
    for (const piece of this.pieces) {
      starts.push(length);
      length += piece.length;
    }
    this.#starts = starts;
    this.length = length;
    this.#piece = this.pieces[0] ?? nothing;
  }

  /** Undefined outside. */
  at(position: number): number | undefined {
    const offset = position - this.#start;
    if (offset >= 0 && offset < this.#piece.length) return this.#piece[offset];
    if (position < 0 || position >= this.length) return undefined;
    this.#moveTo(position);
    return this.#piece[position - this.#start];
  }

  /** The first place of a byte at or after `from`; -1 when there is none. */
  indexOf(byte: number, from: number): number {
    for (let at = from; at < this.length; at = this.#start + this.#piece.length) {
      this.#moveTo(at);
      const found = this.#piece.indexOf(byte, at - this.#start);
      if (found >= 0) return this.#start + found;
    }
    return -1;
  }

  /** Whether these bytes occur, be it across pieces. */
  includes(bytes: Buffer): boolean {
    const overlap = bytes.length - 1;
    let end = Buffer.alloc(0);
    for (const piece of this.pieces) {
      const seam = Buffer.concat([end, piece.subarray(0, overlap)]);
      if (seam.includes(bytes) || piece.includes(bytes)) return true;
      end = Buffer.concat([end, piece.subarray(-overlap)]).subarray(-overlap);
    }
    return false;
  }

  /** From `from` up to, without, `to`, not copied. */
  slice(from: number, to = this.length): readonly Buffer[] {
    const found: Buffer[] = [];
    for (let at = from; at < to; at = this.#start + this.#piece.length) {
      this.#moveTo(at);
      found.push(this.#piece.subarray(at - this.#start, to - this.#start));
    }
    return found;
  }

  /** The same in one piece, copied only when it lies in several. */
  bytes(from = 0, to = this.length): Buffer {
    const whole = this.pieces.length === 1 && from === 0 && to === this.length ? this.pieces[0] : undefined;
    if (whole !== undefined) return whole;
    const found = this.slice(from, to);
    return found.length === 1 ? (found[0] as Buffer) : Buffer.concat(found);
  }

  /** The same read as UTF-8. */
  text(from = 0, to = this.length): string {
    if (from >= to) return '';
    this.#moveTo(from);
    // Names and short values, many for each request, lie in one piece.
    if (to - this.#start <= this.#piece.length)
      return this.#piece.toString('utf8', from - this.#start, to - this.#start);
    const found = this.slice(from, to);
    const decoder = new StringDecoder();
    let text = '';
    for (const piece of found) text += decoder.write(piece);
    return text + decoder.end();
  }

  /** `position` is inside. */
  #moveTo(position: number): void {
    const offset = position - this.#start;
    if (offset >= 0 && offset < this.#piece.length) return;
    const next = this.#index + 1;
    const isNext =
      position >= (this.#starts[next] ?? this.length) && position < (this.#starts[next + 1] ?? this.length);
    this.#index = isNext ? next : this.#pieceAt(position);
    this.#start = this.#starts[this.#index] ?? 0;
    this.#piece = this.pieces[this.#index] ?? this.#piece;
  }

  #pieceAt(position: number): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
