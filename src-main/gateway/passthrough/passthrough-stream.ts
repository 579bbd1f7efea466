// Passes a stream of events on as it comes, whole events at a time, so that an error never lands inside one.

import { copyJoined } from '../bytes/buffer-pool.ts';
import { ChunkedBuffer } from '../bytes/chunked-buffer.ts';
import { valueNamed } from '../bytes/json-members.ts';
import { EventTooLarge, fieldsOf, SseScanner } from '../bytes/sse-scanner.ts';
import type { ClientFormat } from '../formats/client-side.ts';
import type { Format } from '../formats/format.ts';
import { emptyStream, nothing, type Relayed, type ResponseRelay } from '../formats/response-relay.ts';
import type { StreamInspector } from '../formats/stream-inspector.ts';
import { cutStream } from '../model/errors/upstream-error.ts';
import type { UpstreamError, Usage } from '../model/events.ts';

export interface PassthroughStreamOptions {
  /** The client's format. */
  readonly client: ClientFormat;
  readonly upstream: Format;
  /** The model as the client named it. */
  readonly model: string;
  /** Takes the usage chunk out that only we have asked for. */
  readonly hidesUsage: boolean;
}

const [dataPrefix, frameEnd] = [Buffer.from('data: '), Buffer.from('\n\n')];

export class PassthroughStream implements ResponseRelay {
  readonly contentType = 'text/event-stream; charset=utf-8';
  readonly keepAlive: string;
  readonly breaksOff: boolean;
  readonly copies = true;
  readonly #options: PassthroughStreamOptions;
  readonly #scanner = new SseScanner();
  readonly #inspector: StreamInspector;
  /** The member of the upstream's envelope that holds a response; undefined: there is no envelope. */
  readonly #responseMember: string | undefined;
  #begun = false;
  #sawLast = false;

  constructor(options: PassthroughStreamOptions) {
    this.#options = options;
    this.#inspector = options.upstream.streamInspector();
    this.#responseMember = options.upstream.passthrough.envelope?.responseMember;
    this.keepAlive = options.client.keepAlive(options.model);
    this.breaksOff = options.client.client.breaksOff === true;
  }

  get usage(): Partial<Usage> | undefined {
    return this.#inspector.usage;
  }

  get heldBytes(): number {
    return this.#scanner.heldBytes;
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
    const remainder = this.#scanner.remainder();
    const last = remainder.length === 0 ? undefined : this.#pass([Buffer.concat([remainder, frameEnd])]);
    if (last?.error) return last;
    const bytes = last?.bytes ?? nothing;
    if (!this.#inspector.isComplete) return this.#fail(this.#begun ? cutStream : emptyStream, [bytes]);
    const { lastFrame } = this.#options.client.client;
    const isLastMissing = lastFrame !== undefined && !this.#sawLast;
    return { bytes: isLastMissing ? copyJoined([bytes, lastFrame]) : bytes, begun: true, ended: true };
  }

  errorBytes(error: UpstreamError): Buffer {
    return Buffer.from(this.#options.client.errorFrame(error));
  }

  #pass(events: readonly Buffer[]): Relayed {
    const { hidesUsage } = this.#options;
    const responseMember = this.#responseMember;
    const kept: Buffer[] = [];
    for (const bytes of events) {
      const outer = fieldsOf(bytes);
      const data = responseMember && outer.data ? unwrapped(outer.data, responseMember) : outer.data;
      const event = data === undefined || !responseMember ? bytes : Buffer.concat([dataPrefix, data, frameEnd]);
      const inspection = this.#inspector.inspect({ event: outer.event, data }, this.#begun);
      if (inspection.error) {
        // An error in the client's own format is left as it is.
        if (data?.[0] !== 0x7b) return this.#fail(inspection.error, kept);
        const { incompleteMark = nothing } = this.#options.client.client;
        return { bytes: copyJoined([...kept, event, incompleteMark]), begun: this.#begun, error: inspection.error };
      }
      if (inspection.begins) this.#begun = true;
      if (!(inspection.usageOnly && hidesUsage)) kept.push(event);
      if (inspection.last) {
        this.#sawLast = true;
        return { bytes: copyJoined(kept), begun: true, ended: true };
      }
    }
    return { bytes: copyJoined(kept), begun: this.#begun };
  }

  #fail(error: UpstreamError, before: readonly Buffer[]): Relayed {
    return { bytes: copyJoined([...before, this.errorBytes(error)]), begun: this.#begun, error };
  }
}

const unwrapped = (data: Buffer, member: string): Buffer => valueNamed(new ChunkedBuffer([data]), member) ?? data;
