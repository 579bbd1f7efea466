// Carries a response from one format into another.
import { createParser } from 'eventsource-parser';
import { maxEventBytes } from '../../bytes/sse-scanner.ts';
import type { Format } from '../../formats/format.ts';
import { nothing, type Relayed, type ResponseRelay } from '../../formats/response-relay.ts';
import type { Translation } from '../../formats/translation.ts';
import { type IrEvent, isMeaningful, type UpstreamError, type Usage } from '../../model/events.ts';
import { parseExact } from '../../model/json.ts';

interface Options {
  readonly client: Format;
  readonly translation: Translation;
  /** The model as the client named it. */
  readonly model: string;
  /** Whether the client gets a stream. */
  readonly toStream: boolean;
}

/** An event in memory, without its text. */
const eventBytes = 100;

/** What comes of events: a stream as they come, or one response when they are over. */
class TranslatingRelay {
  protected readonly translation: Translation;
  readonly #options: Options;
  readonly #kept: IrEvent[] = [];
  /** What the kept events cost, about. */
  protected keptBytes = 0;
  #begun = false;
  usage: Partial<Usage> | undefined;

  constructor(options: Options) {
    this.translation = options.translation;
    this.#options = options;
  }

  get contentType(): string {
    return this.#options.toStream ? 'text/event-stream; charset=utf-8' : 'application/json';
  }

  get keepAlive(): string | undefined {
    const { toStream, client, model } = this.#options;
    return toStream ? client.keepAlive(model) : undefined;
  }

  errorBytes(error: UpstreamError): Buffer {
    const { toStream, client } = this.#options;
    if (!toStream) return Buffer.from(JSON.stringify(client.errorBody(error)));
    return Buffer.from(
      this.#begun ? this.translation.writer.encode({ type: 'error', error }) : client.errorFrame(error),
    );
  }

  protected encode(events: readonly IrEvent[]): Relayed {
    const { toStream } = this.#options;
    let text = '';
    for (const event of events) {
      if (event.type === 'usage') this.usage = { ...this.usage, ...event.usage };
      if (event.type === 'error') return this.#fail(event.error, text);
      if (toStream) text += this.translation.writer.encode(event);
      else this.#keep(event);
      if (toStream && isMeaningful(event)) this.#begun = true;
      if (event.type === 'end') {
        const response = toStream ? text : JSON.stringify(this.translation.fold(this.#kept));
        return { bytes: Buffer.from(response), begun: true, ended: true };
      }
    }
    return { bytes: text === '' ? nothing : Buffer.from(text), begun: this.#begun };
  }

  #keep(event: IrEvent): void {
    this.#kept.push(event);
    this.keptBytes += eventBytes + (event.type === 'delta' ? event.text.length : 0);
  }

  #fail(error: UpstreamError, before: string): Relayed {
    const bytes = Buffer.concat([Buffer.from(before), this.errorBytes(error)]);
    return { bytes, begun: this.#begun, error };
  }
}

/** A stream of the upstream. */
export class TranslateStream extends TranslatingRelay implements ResponseRelay {
  readonly copies = true;
  readonly #decoder = new TextDecoder();
  #events: IrEvent[] = [];
  #tooLarge = false;
  readonly #parser = createParser({
    maxBufferSize: maxEventBytes,
    onEvent: ({ event, data }) => {
      this.#openBytes = 0;
      this.#events.push(...this.translation.reader.push({ event, data }));
    },
    onError: ({ type }) => {
      this.#tooLarge ||= type === 'max-buffer-size-exceeded';
    },
  });

  /** Bytes since an event was complete. */
  #openBytes = 0;

  get heldBytes(): number {
    return this.keptBytes + this.#openBytes;
  }

  push(chunk: Buffer): Relayed {
    this.#openBytes += chunk.length;
    return this.#read(this.#decoder.decode(chunk, { stream: true }));
  }

  end(): Relayed {
    const last = this.#read('\n\n');
    if (last.ended || last.error) return last;
    const rest = this.encode(this.translation.reader.end());
    return { ...rest, bytes: Buffer.concat([last.bytes, rest.bytes]) };
  }

  #read(text: string): Relayed {
    this.#parser.feed(text);
    const events = this.#events;
    this.#events = [];
    if (!this.#tooLarge) return this.encode(events);
    return this.encode([
      ...events,
      { type: 'error', error: { status: 502, message: 'The upstream sent an event that is too large.' } },
    ]);
  }
}

/** A JSON response of the upstream. */
export class TranslateJson extends TranslatingRelay implements ResponseRelay {
  readonly copies = false;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): Relayed {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    return { bytes: nothing, begun: false };
  }

  get heldBytes(): number {
    return this.#size;
  }

  end(): Relayed {
    return this.encode(this.translation.reader.whole(parseExact(Buffer.concat(this.#chunks).toString())));
  }
}
