// A Gemini stream as a JSON list that grows, which is what clients get that do not ask for `alt=sse`.

import { fieldsOf, SseScanner } from '../../bytes/sse-scanner.ts';
import type { UpstreamError, Usage } from '../../model/events.ts';
import { join, nothing, type Relayed, type ResponseRelay } from '../response-relay.ts';

const [open, separator, close] = [Buffer.from('['), Buffer.from(',\r\n'), Buffer.from(']')];

export class JsonList implements ResponseRelay {
  readonly contentType = 'application/json; charset=utf-8';
  readonly keepAlive = '\n';
  readonly #inner: ResponseRelay;
  readonly #scanner = new SseScanner();
  #isFirst = true;

  constructor(inner: ResponseRelay) {
    this.#inner = inner;
  }

  get copies(): boolean {
    return this.#inner.copies;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#inner.usage;
  }

  get breaksOff(): boolean {
    return this.#inner.breaksOff === true;
  }

  get heldBytes(): number {
    return this.#inner.heldBytes;
  }

  push(chunk: Buffer): Relayed {
    return this.#framed(this.#inner.push(chunk));
  }

  end(): Relayed {
    return this.#framed(this.#inner.end());
  }

  errorBytes(error: UpstreamError): Buffer {
    return join([this.#items(this.#inner.errorBytes(error)), close]);
  }

  #framed(relayed: Relayed): Relayed {
    const isOver = relayed.ended === true || relayed.error !== undefined;
    const items = this.#items(relayed.bytes);
    return { ...relayed, bytes: isOver ? join([items, this.#isFirst ? join([open, close]) : close]) : items };
  }

  #items(events: Buffer): Buffer {
    if (events.length === 0) return nothing;
    const pieces: Buffer[] = [];
    for (const event of this.#scanner.push(events)) {
      const { data } = fieldsOf(event);
      if (data === undefined) continue;
      pieces.push(this.#isFirst ? open : separator, data);
      this.#isFirst = false;
    }
    return join(pieces);
  }
}
