// Passes a JSON response on as it came, after checking what it is.

import { isObject } from '../../../src-shared/json.ts';
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { type JsonMember, memberNamed, membersOf, readValue, valueNamed } from '../bytes/json-members.ts';
import type { Format } from '../formats/format.ts';
import { join, nothing, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import { errorOf } from '../model/errors/upstream-error.ts';
import type { UpstreamError, Usage } from '../model/events.ts';

/** Larger responses are passed on while they come, without the check. */
const heldBytes = 16 * 1024 * 1024;

const notJson: UpstreamError = {
  status: 502,
  message: 'The upstream answered with something that is not the JSON of its form.',
};
const failed: UpstreamError = { status: 502, message: 'The upstream reported an error.' };

export class PassthroughJson implements ResponseRelay {
  readonly contentType = 'application/json';
  readonly keepAlive = undefined;
  readonly copies = false;
  readonly #client: Format;
  readonly #upstream: Format;
  /** The member of the upstream's envelope that holds the response. */
  readonly #envelope: string | undefined;
  #held: Buffer[] | undefined = [];
  #size = 0;
  #usage: Partial<Usage> | undefined;

  constructor(client: Format, upstream: Format) {
    this.#client = client;
    this.#upstream = upstream;
    this.#envelope = upstream.passthrough.envelope?.responseMember;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#usage;
  }

  push(chunk: Buffer): Relayed {
    if (this.#held === undefined) return { bytes: chunk, begun: true };
    this.#held.push(chunk);
    this.#size += chunk.length;
    if (this.#size <= heldBytes || this.#envelope !== undefined) return { bytes: nothing, begun: false };
    const bytes = join(this.#held);
    this.#held = undefined;
    return { bytes, begun: true };
  }

  end(): Relayed {
    if (this.#held === undefined) return { bytes: nothing, begun: true, ended: true };
    const whole = new ChunkedBuffer(this.#held);
    const inner = this.#envelope === undefined ? undefined : valueNamed(whole, this.#envelope);
    const response = inner === undefined ? whole : new ChunkedBuffer([inner]);
    const members = membersOf(response);
    const error = members === undefined ? notJson : errorIn(response, members, this.#upstream);
    if (error !== undefined || members === undefined) return { bytes: nothing, begun: false, error: error ?? notJson };
    const { usageMember } = this.#upstream;
    this.#usage = this.#upstream.usage({ [usageMember]: readValue(response, members, usageMember) });
    return { bytes: response.bytes(), begun: true, ended: true };
  }

  errorBytes(error: UpstreamError): Buffer {
    return Buffer.from(JSON.stringify(this.#client.errorBody(error)));
  }
}

/** Some servers answer 200 and report an error in the body, or say something else altogether. */
function errorIn(
  json: ChunkedBuffer,
  members: readonly JsonMember[],
  { requiredMember }: Format,
): UpstreamError | undefined {
  const error = readValue(json, members, 'error');
  if (isObject(error) || typeof error === 'string') return errorOf({ error }, failed);
  return requiredMember === undefined || memberNamed(members, requiredMember) ? undefined : notJson;
}
