// Makes the one JSON response a Responses client asked for of the stream that a Codex account can only give.

import { ChunkedBuffer } from '../../bytes/chunked-buffer.ts';
import { memberNamed, membersOf, valueBytes, valueNamed, withMembers } from '../../bytes/json-members.ts';
import { fieldsOf, SseScanner } from '../../bytes/sse-scanner.ts';
import { cutStream } from '../../model/errors/upstream-error.ts';
import type { UpstreamError, Usage } from '../../model/events.ts';
import type { Format } from '../format.ts';
import { join, nothing, type Relayed, type ResponseRelay } from '../response-relay.ts';
import { openaiErrorBody } from '../shared/openai/errors.ts';
import type { StreamInspector } from '../stream-inspector.ts';

export class CollectStream implements ResponseRelay {
  readonly contentType = 'application/json';
  readonly keepAlive = undefined;
  readonly copies = false;
  readonly #scanner = new SseScanner();
  readonly #inspector: StreamInspector;
  /** Finished items: the last event does not always repeat them. */
  readonly #items: Buffer[] = [];
  #itemBytes = 0;

  constructor(upstream: Format) {
    this.#inspector = upstream.streamInspector();
  }

  get usage(): Partial<Usage> | undefined {
    return this.#inspector.usage;
  }

  get heldBytes(): number {
    return this.#itemBytes + this.#scanner.heldBytes;
  }

  push(chunk: Buffer): Relayed {
    for (const bytes of this.#scanner.push(chunk)) {
      const fields = fieldsOf(bytes);
      const { error, last } = this.#inspector.inspect(fields, false);
      if (error) return { bytes: nothing, begun: false, error };
      if (fields.data === undefined) continue;
      if (last) return { bytes: this.#response(fields.data), begun: true, ended: true };
      if (fields.data.includes('"response.output_item.done"')) {
        const item = valueNamed(new ChunkedBuffer([fields.data]), 'item');
        if (item === undefined) continue;
        this.#items.push(Buffer.from(item));
        this.#itemBytes += item.length;
      }
    }
    return { bytes: nothing, begun: false };
  }

  end(): Relayed {
    const last = this.push(Buffer.from('\n\n'));
    return last.ended || last.error ? last : { bytes: nothing, begun: false, error: cutStream };
  }

  errorBytes(error: UpstreamError): Buffer {
    return Buffer.from(JSON.stringify(openaiErrorBody(error)));
  }

  #response(data: Buffer): Buffer {
    const bytes = valueNamed(new ChunkedBuffer([data]), 'response') ?? data;
    const response = new ChunkedBuffer([bytes]);
    const members = membersOf(response) ?? [];
    const output = memberNamed(members, 'output');
    const isEmpty = output === undefined || /^\[\s*\]$/.test(valueBytes(response, output).toString('utf8', 0, 64));
    if (!isEmpty || this.#items.length === 0) return bytes;
    return join(withMembers(response, members, { output: `[${this.#items.map(String).join(',')}]` }));
  }
}
