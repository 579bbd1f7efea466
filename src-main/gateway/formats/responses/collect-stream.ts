// Makes the one JSON answer a Responses client asked for of the stream that a Codex account can only give.

import { ChunkedBuffer } from '../../bytes/chunked-buffer.ts';
import { memberNamed, membersOf, valueBytes, valueNamed, withMembers } from '../../bytes/json-members.ts';
import { fieldsOf, SseScanner } from '../../bytes/sse-scanner.ts';
import type { UpstreamError, Usage } from '../../model/events.ts';
import type { Format } from '../format.ts';
import { cutStream, join, nothing, type Relayed, type ResponseRelay } from '../response-relay.ts';
import { openTap, type Tap } from '../stream-inspector.ts';

export class CollectResponses implements ResponseRelay {
  readonly contentType = 'application/json';
  readonly keepAlive = undefined;
  readonly copies = false;
  readonly #client: Format;
  readonly #scanner = new SseScanner();
  readonly #tap: Tap;
  /** Finished items: the last event does not always repeat them. */
  readonly #items: Buffer[] = [];

  constructor(client: Format, upstream: Format) {
    this.#client = client;
    this.#tap = openTap(upstream.name, upstream);
  }

  get usage(): Partial<Usage> | undefined {
    return this.#tap.usage;
  }

  push(chunk: Buffer): Relayed {
    for (const bytes of this.#scanner.push(chunk)) {
      const fields = fieldsOf(bytes);
      const { fault, last } = this.#tap.take(fields, false);
      if (fault) return { bytes: nothing, begun: false, fault };
      if (fields.data === undefined) continue;
      if (last) return { bytes: this.#answer(fields.data), begun: true, ended: true };
      if (fields.data.includes('"response.output_item.done"')) {
        const item = valueNamed(new ChunkedBuffer([fields.data]), 'item');
        if (item !== undefined) this.#items.push(Buffer.from(item));
      }
    }
    return { bytes: nothing, begun: false };
  }

  end(): Relayed {
    const last = this.push(Buffer.from('\n\n'));
    return last.ended || last.fault ? last : { bytes: nothing, begun: false, fault: cutStream };
  }

  failure(fault: UpstreamError): Buffer {
    return Buffer.from(JSON.stringify(this.#client.errorBody(fault)));
  }

  #answer(data: Buffer): Buffer {
    const bytes = valueNamed(new ChunkedBuffer([data]), 'response') ?? data;
    const response = new ChunkedBuffer([bytes]);
    const members = membersOf(response) ?? [];
    const output = memberNamed(members, 'output');
    const isEmpty = output === undefined || /^\[\s*\]$/.test(valueBytes(response, output).toString('utf8', 0, 64));
    if (!isEmpty || this.#items.length === 0) return bytes;
    return join(withMembers(response, members, { output: `[${this.#items.map(String).join(',')}]` }));
  }
}
