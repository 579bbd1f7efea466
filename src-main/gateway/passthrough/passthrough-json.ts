// Passes a JSON response on as it came, after checking what it is.

import { isObject, parseJson } from '../../../src-shared/json.ts';
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { type JsonMember, memberNamed, membersOf, readValue, valueNamed } from '../bytes/json-members.ts';
import type { Format } from '../formats/format.ts';
import { nothing, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import { errorOf } from '../model/errors/upstream-error.ts';
import type { UpstreamError, Usage } from '../model/events.ts';

/** Of a response that is passed on unchecked so much of its end is kept: token counts come last. */
const tailBytes = 4 * 1024;

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
  #tail = nothing;
  #usage: Partial<Usage> | undefined;

  constructor(client: Format, upstream: Format) {
    this.#client = client;
    this.#upstream = upstream;
    this.#envelope = upstream.passthrough.envelope?.responseMember;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#usage;
  }

  get heldBytes(): number {
    return this.#size;
  }

  /** What is in an envelope cannot be told from it before its end. */
  get passOn(): (() => readonly Buffer[]) | undefined {
    return this.#envelope === undefined ? () => this.#passOn() : undefined;
  }

  push(chunk: Buffer): Relayed {
    if (this.#held === undefined) {
      this.#tail = Buffer.concat([this.#tail, chunk.subarray(-tailBytes)]).subarray(-tailBytes);
      return { bytes: chunk, begun: true };
    }
    this.#held.push(chunk);
    this.#size += chunk.length;
    return { bytes: nothing, begun: false };
  }

  end(): Relayed {
    if (this.#held === undefined) {
      this.#usage = this.#usageInTail();
      return { bytes: nothing, begun: true, ended: true };
    }
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

  #usageInTail(): Partial<Usage> | undefined {
    const { usageMember } = this.#upstream;
    const name = Buffer.from(`"${usageMember}"`);
    const at = this.#tail.lastIndexOf(name);
    if (at < 0) return undefined;
    const end = new ChunkedBuffer([Buffer.from('{'), this.#tail.subarray(at)]);
    const value = valueNamed(end, usageMember);
    return value && this.#upstream.usage({ [usageMember]: parseJson(value.toString()) });
  }

  #passOn(): readonly Buffer[] {
    const pieces = this.#held ?? [];
    this.#held = undefined;
    this.#size = 0;
    return pieces;
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
