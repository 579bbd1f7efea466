// Addresses of results in batch objects lead back here: the SDK fetches them as they stand, with the client's key.

import { ChunkedBuffer } from '../../bytes/chunked-buffer.ts';
import { editElements, editMember } from '../../bytes/json-lists.ts';
import { membersOf, readValue, withMembers } from '../../bytes/json-members.ts';
import { join, nothing, type Relayed } from '../../formats/response-relay.ts';
import { BytesRelay, type BytesRelayOptions } from './bytes-relay.ts';
import { passedHeaders } from './response-headers.ts';

/** Lists have at most 1,000 batches of less than 2 kB. */
const maxBytes = 16 * 1024 * 1024;
const member = 'results_url';

/** @param origin of this gateway, such as `http://127.0.0.1:8317` */
export class ResultsAddressRelay extends BytesRelay {
  override readonly headers: Readonly<Record<string, string>>;
  readonly #origin: string;
  #held: Buffer[] | undefined = [];
  #size = 0;

  constructor(options: BytesRelayOptions, origin: string) {
    super(options);
    this.headers = passedHeaders(options.response, false);
    this.#origin = origin;
  }

  override get heldBytes(): number {
    return this.#held === undefined ? 0 : this.#size;
  }

  override push(chunk: Buffer): Relayed {
    super.push(chunk);
    if (this.#held === undefined) return { bytes: chunk, begun: true };
    this.#held.push(chunk);
    this.#size += chunk.length;
    if (this.#size <= maxBytes) return { bytes: nothing, begun: false };
    const bytes = join(this.#held);
    this.#held = undefined;
    return { bytes, begun: true };
  }

  override end(): Relayed {
    const last = super.end();
    if (this.#held === undefined) return last;
    const whole = new ChunkedBuffer(this.#held);
    const list = editMember(whole, 'data', (data) => editElements(data, (batch) => this.#led(batch)));
    const edited = list === 'kept' ? this.#led(whole) : list;
    return { ...last, bytes: typeof edited === 'string' ? whole.bytes() : join(edited) };
  }

  #led(batch: ChunkedBuffer): 'kept' | readonly Buffer[] {
    const members = membersOf(batch);
    if (members === undefined || typeof readValue(batch, members, member) !== 'string') return 'kept';
    const id = encodeURIComponent(String(readValue(batch, members, 'id')));
    return withMembers(batch, members, {
      [member]: JSON.stringify(`${this.#origin}/v1/messages/batches/${id}/results`),
    });
  }
}
