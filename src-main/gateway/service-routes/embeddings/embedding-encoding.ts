// Embeddings as numbers or as base64 of little-endian 32-bit floats: what the client did not ask for is rewritten while it
// passes. OpenAI's SDK asks for base64 by itself and decodes whatever comes; many servers answer numbers all the same.
import { nothing, type Relayed } from '../../formats/response-relay.ts';
import { BytesRelay, type BytesRelayOptions } from '../relays/bytes-relay.ts';
import { passedHeaders } from '../relays/response-headers.ts';

export type EmbeddingEncoding = 'base64' | 'float';

/** The place of a vector: its name and the first byte of its value. */
const begin = /"embedding"\s*:\s*(["[])/g;
/** No more than this is held back while a name or a first value may be cut in two. */
const seamBytes = 64;
/** A vector of more bytes is none. */
const maxVectorBytes = 4 * 1024 * 1024;

export const toBase64 = (values: readonly number[]): string => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
};

export function fromBase64(text: string): readonly number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(index * 4));
}

/** Rewrites what has another encoding than `wanted`; bytes that need nothing stay as they are. */
export class EmbeddingsRelay extends BytesRelay {
  readonly #wanted: EmbeddingEncoding;
  #text = '';
  /** Undefined until the first vector says whether anything is to be done. */
  #rewrites: boolean | undefined;
  #isVector = false;

  /** The length is not known before the first vector has been seen. */
  override readonly headers: Readonly<Record<string, string>>;

  constructor(options: BytesRelayOptions, wanted: EmbeddingEncoding) {
    super(options);
    this.headers = passedHeaders(options.response, false);
    this.#wanted = wanted;
  }

  override get heldBytes(): number {
    return this.#text.length;
  }

  override push(chunk: Buffer): Relayed {
    const { bytes } = super.push(chunk);
    if (this.#rewrites === false) return { bytes, begun: true };
    this.#text += chunk.toString('latin1');
    const out = this.#rewrite(false);
    return { bytes: Buffer.from(out, 'latin1'), begun: this.#rewrites !== undefined || out !== '' };
  }

  override end(): Relayed {
    const rest = Buffer.from(this.#rewrite(true) + this.#text, 'latin1');
    this.#text = '';
    return { ...super.end(), bytes: rest.length > 0 ? rest : nothing };
  }

  #rewrite(isEnd: boolean): string {
    let out = '';
    for (;;) {
      if (this.#rewrites === false) {
        out += this.#text;
        this.#text = '';
        return out;
      }
      if (this.#isVector) {
        const open = this.#text[0];
        const end = this.#text.indexOf(open === '[' ? ']' : '"', 1);
        if (end < 0) {
          if (this.#text.length > maxVectorBytes) this.#rewrites = false;
          else return out;
          continue;
        }
        out += converted(this.#text.slice(0, end + 1));
        this.#text = this.#text.slice(end + 1);
        this.#isVector = false;
      }
      begin.lastIndex = 0;
      const found = begin.exec(this.#text);
      if (found === null) {
        const kept = isEnd ? 0 : Math.min(seamBytes, this.#text.length);
        out += this.#text.slice(0, this.#text.length - kept);
        this.#text = this.#text.slice(this.#text.length - kept);
        return out;
      }
      this.#rewrites ??= (found[1] === '[') === (this.#wanted === 'base64');
      const start = found.index + found[0].length - 1;
      out += this.#text.slice(0, start);
      this.#text = this.#text.slice(start);
      this.#isVector = this.#rewrites;
    }
  }
}

/** A value that is none of a vector stays as it is. */
function converted(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'string') return JSON.stringify(fromBase64(value));
    return JSON.stringify(toBase64(value as readonly number[]));
  } catch {
    return json;
  }
}
