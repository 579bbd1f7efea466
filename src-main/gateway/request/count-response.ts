// A token count in the client's form, whichever form it was told in.
import { readCount, writeCount } from '../formats/count-tokens.ts';
import type { Format } from '../formats/format.ts';
import { nothing, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import type { UpstreamError } from '../model/events.ts';
import { parseJson } from '../model/json.ts';
import { faultOf } from '../model/upstream-error.ts';

export class CountResponse implements ResponseRelay {
  readonly contentType = 'application/json';
  readonly keepAlive = undefined;
  readonly copies = false;
  readonly usage = undefined;
  readonly #client: Format;
  readonly #chunks: Buffer[] = [];

  constructor(client: Format) {
    this.#client = client;
  }

  push(chunk: Buffer): Relayed {
    this.#chunks.push(chunk);
    return { bytes: nothing, begun: false };
  }

  end(): Relayed {
    const json = parseJson(Buffer.concat(this.#chunks).toString());
    const count = readCount(json);
    if (count === undefined) {
      const message = 'The upstream answered with something that is no token count.';
      return { bytes: nothing, begun: false, fault: faultOf(json, { status: 502, message }) };
    }
    const answer = JSON.stringify(writeCount(this.#client.name, count, false));
    return { bytes: Buffer.from(answer), begun: true, ended: true };
  }

  failure(fault: UpstreamError): Buffer {
    return Buffer.from(JSON.stringify(this.#client.errorBody(fault)));
  }
}
