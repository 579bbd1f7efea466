// Makes another response of a JSON response that must be known as a whole.
import { parseJson } from '../../../../src-shared/json.ts';
import { join, nothing, type Relayed, type ResponseRelay } from '../../formats/response-relay.ts';
import type { UpstreamError, Usage } from '../../model/events.ts';

const maxBytes = 64 * 1024 * 1024;

export interface Converted {
  /** A value to be written as JSON, or the text of a stream. */
  readonly body: unknown;
  readonly usage?: Partial<Usage> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WholeJsonOptions {
  readonly contentType?: string;
  /** A response that is none of the service's gives an error. */
  readonly convert: (json: unknown) => Converted | { readonly error: UpstreamError; readonly usage?: Partial<Usage> };
  readonly errorBody: (error: UpstreamError) => unknown;
}

export class WholeJsonRelay implements ResponseRelay {
  readonly contentType: string;
  readonly keepAlive = undefined;
  readonly copies = false;
  headers: Readonly<Record<string, string>> = {};
  usage: Partial<Usage> | undefined;
  readonly #options: WholeJsonOptions;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(options: WholeJsonOptions) {
    this.#options = options;
    this.contentType = options.contentType ?? 'application/json';
  }

  get heldBytes(): number {
    return this.#size;
  }

  push(chunk: Buffer): Relayed {
    this.#size += chunk.length;
    if (this.#size > maxBytes) {
      this.#chunks = [];
      const message = 'The upstream sent a response that is too large to translate.';
      return { bytes: nothing, begun: false, error: { status: 502, message } };
    }
    this.#chunks.push(chunk);
    return { bytes: nothing, begun: false };
  }

  end(): Relayed {
    const converted = this.#options.convert(parseJson(join(this.#chunks).toString()));
    this.usage = converted.usage;
    if ('error' in converted) return { bytes: nothing, begun: false, error: converted.error };
    this.headers = converted.headers ?? {};
    const { body } = converted;
    return { bytes: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), begun: true, ended: true };
  }

  errorBytes(error: UpstreamError): Buffer {
    return Buffer.from(JSON.stringify(this.#options.errorBody(error)));
  }
}
