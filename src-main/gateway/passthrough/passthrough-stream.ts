// Passes a stream of events on as it comes, whole events at a time, so that an error never lands inside of one.

import { copyJoined } from '../bytes/buffer-pool.ts';
import { EventTooLarge, fieldsOf, SseScanner } from '../bytes/sse-scanner.ts';
import type { Format } from '../formats/format.ts';
import { cutStream, emptyStream, nothing, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import { openTap, type Tap } from '../formats/stream-inspector.ts';
import type { UpstreamError, Usage } from '../model/events.ts';

export interface PassStreamOptions {
  /** The client's format. */
  readonly client: Format;
  readonly upstream: Format;
  /** Takes the usage chunk out that only we have asked for. */
  readonly hideUsage: boolean;
  /** Takes an event's data out of the upstream's envelope; undefined: there is none. */
  readonly unwrap?: (data: Buffer) => Buffer;
}

const doneFrame = Buffer.from('data: [DONE]\n\n');
const [dataPrefix, frameEnd] = [Buffer.from('data: '), Buffer.from('\n\n')];

export class PassthroughStream implements ResponseRelay {
  readonly contentType = 'text/event-stream; charset=utf-8';
  readonly keepAlive: string;
  readonly copies = true;
  readonly #options: PassStreamOptions;
  readonly #scanner = new SseScanner();
  readonly #tap: Tap;
  #begun = false;
  #sawLast = false;

  constructor(options: PassStreamOptions) {
    this.#options = options;
    this.#tap = openTap(options.upstream.name, options.upstream);
    this.keepAlive = options.client.keepAlive;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#tap.usage;
  }

  push(chunk: Buffer): Relayed {
    try {
      return this.#pass(this.#scanner.push(chunk));
    } catch (error) {
      if (!(error instanceof EventTooLarge)) throw error;
      return this.#fail({ status: 502, message: error.message }, []);
    }
  }

  end(): Relayed {
    const rest = this.#scanner.rest();
    const last = rest.length === 0 ? undefined : this.#pass([Buffer.concat([rest, frameEnd])]);
    if (last?.fault) return last;
    const bytes = last?.bytes ?? nothing;
    if (!this.#tap.isComplete) return this.#fail(this.#begun ? cutStream : emptyStream, [bytes]);
    const needsDone = this.#options.client.name === 'chat' && !this.#sawLast;
    return { bytes: needsDone ? copyJoined([bytes, doneFrame]) : bytes, begun: true, ended: true };
  }

  failure(fault: UpstreamError): Buffer {
    return Buffer.from(this.#options.client.errorFrame(fault));
  }

  #pass(events: readonly Buffer[]): Relayed {
    const { unwrap, hideUsage } = this.#options;
    const kept: Buffer[] = [];
    for (const bytes of events) {
      const outer = fieldsOf(bytes);
      const data = unwrap && outer.data ? unwrap(outer.data) : outer.data;
      const event = data === undefined || !unwrap ? bytes : Buffer.concat([dataPrefix, data, frameEnd]);
      const verdict = this.#tap.take({ event: outer.event, data }, this.#begun);
      if (verdict.fault) {
        // An error in the client's own form is left as it is.
        if (data?.[0] !== 0x7b) return this.#fail(verdict.fault, kept);
        return { bytes: copyJoined([...kept, event]), begun: this.#begun, fault: verdict.fault };
      }
      if (verdict.begins) this.#begun = true;
      if (!(verdict.usageOnly && hideUsage)) kept.push(event);
      if (verdict.last) {
        this.#sawLast = true;
        return { bytes: copyJoined(kept), begun: true, ended: true };
      }
    }
    return { bytes: copyJoined(kept), begun: this.#begun };
  }

  #fail(fault: UpstreamError, before: readonly Buffer[]): Relayed {
    return { bytes: copyJoined([...before, this.failure(fault)]), begun: this.#begun, fault };
  }
}
