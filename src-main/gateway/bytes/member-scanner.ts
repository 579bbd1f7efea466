// Finds members of a JSON object while its bytes pass by: what stands beside them may be pictures of many megabytes.
import { parseJson } from '../../../src-shared/json.ts';

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

const maxNameBytes = 64;

/** Members of the outermost object only. A value of more than `maxBytes` counts as absent. */
export class MemberScanner {
  readonly #names: ReadonlySet<string>;
  readonly #maxBytes: number;
  readonly #found = new Map<string, string>();
  #depth = 0;
  #isString = false;
  /** A backslash ended the last chunk: its first byte is escaped. */
  #isEscaped = false;
  #isObject = false;
  #expectsName = false;
  /** Bytes of the name or value that is being kept. */
  #kept: Buffer[] | undefined;
  #keptBytes = 0;
  /** The name whose value is being kept. */
  #name: string | undefined;

  constructor(names: readonly string[], maxBytes = 64 * 1024) {
    this.#names = new Set(names);
    this.#maxBytes = maxBytes;
  }

  push(chunk: Buffer): void {
    let keptFrom = 0;
    const keep = (end: number) => {
      if (this.#kept === undefined || end <= keptFrom) return;
      this.#keptBytes += end - keptFrom;
      const max = this.#name === undefined ? maxNameBytes : this.#maxBytes;
      if (this.#keptBytes <= max) this.#kept.push(Buffer.from(chunk.subarray(keptFrom, end)));
      else this.#kept = undefined;
    };
    for (let at = 0; at < chunk.length; at++) {
      if (this.#isString) {
        at = this.#skipString(chunk, at);
        if (this.#isString) break;
        if (this.#expectsName && this.#depth === 1 && this.#name === undefined) {
          keep(at + 1);
          keptFrom = at + 1;
          this.#endName();
        }
        continue;
      }
      switch (chunk[at]) {
        case quote:
          this.#isString = true;
          if (this.#expectsName && this.#depth === 1) {
            this.#begin();
            keptFrom = at;
          }
          break;
        case openBrace:
        case openBracket:
          if (this.#depth === 0) this.#isObject = this.#expectsName = chunk[at] === openBrace;
          this.#depth++;
          break;
        case closeBrace:
        case closeBracket:
        case comma:
          if (this.#depth === 1) {
            keep(at);
            this.#endValue();
            this.#expectsName = this.#isObject;
          }
          if (chunk[at] !== comma) this.#depth--;
          break;
        case colon:
          if (this.#depth !== 1 || !this.#expectsName) break;
          this.#expectsName = false;
          if (this.#name === undefined) break;
          this.#begin();
          keptFrom = at + 1;
          break;
      }
    }
    keep(chunk.length);
  }

  /** The values that have come, read as JSON. */
  values(): Readonly<Record<string, unknown>> {
    return Object.fromEntries([...this.#found].map(([name, text]) => [name, parseJson(text)]));
  }

  #begin(): void {
    this.#kept = [];
    this.#keptBytes = 0;
  }

  #endName(): void {
    const name = this.#kept && parseJson(Buffer.concat(this.#kept).toString());
    this.#kept = undefined;
    if (typeof name === 'string' && this.#names.has(name)) this.#name = name;
  }

  #endValue(): void {
    if (this.#name !== undefined && this.#kept !== undefined)
      this.#found.set(this.#name, Buffer.concat(this.#kept).toString());
    this.#kept = undefined;
    this.#name = undefined;
  }

  /** The place of the quote that ends the string, or the end of the chunk. */
  #skipString(chunk: Buffer, from: number): number {
    let at = from;
    if (this.#isEscaped) {
      this.#isEscaped = false;
      at++;
    }
    for (;;) {
      const end = chunk.indexOf(quote, at);
      const until = end < 0 ? chunk.length : end;
      let slashes = 0;
      while (until - 1 - slashes >= at && chunk[until - 1 - slashes] === backslash) slashes++;
      if (end < 0) {
        this.#isEscaped = slashes % 2 === 1;
        return chunk.length;
      }
      if (slashes % 2 === 0) {
        this.#isString = false;
        return end;
      }
      at = end + 1;
    }
  }
}
