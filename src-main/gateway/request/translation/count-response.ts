// A token count in the client's format, whichever format it was reported in.

import { parseJson } from '../../../../src-shared/json.ts';
import type { ClientFormat } from '../../formats/client-side.ts';
import type { Format } from '../../formats/format.ts';
import { nothing, type Relayed, type ResponseRelay } from '../../formats/response-relay.ts';
import { countingOf } from '../../formats/token-counting.ts';
import { errorOf } from '../../model/errors/upstream-error.ts';
import type { UpstreamError } from '../../model/events.ts';

export class CountResponse implements ResponseRelay {
  readonly contentType = 'application/json';
  readonly keepAlive = undefined;
  readonly copies = false;
  readonly usage = undefined;
  readonly #client: ClientFormat;
  readonly #upstream: Format;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(client: ClientFormat, upstream: Format) {
    this.#client = client;
    this.#upstream = upstream;
  }

  get heldBytes(): number {
    return this.#size;
  }

  push(chunk: Buffer): Relayed {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    return { bytes: nothing, begun: false };
  }

  end(): Relayed {
    const json = parseJson(Buffer.concat(this.#chunks).toString());
    const count = countingOf(this.#upstream).decodeCount(json);
    if (count === undefined) {
      const message = 'The upstream answered with something that is no token count.';
      return { bytes: nothing, begun: false, error: errorOf(json, { status: 502, message }) };
    }
    const response = JSON.stringify(countingOf(this.#client).encodeCount(count));
    return { bytes: Buffer.from(response), begun: true, ended: true };
  }

  errorBytes(error: UpstreamError): Buffer {
    return Buffer.from(JSON.stringify(this.#client.errorBody(error)));
  }
}
