// Reads along with the response that a client gets, to keep what a continuation needs.
import { isObject, type JsonObject, parseJson } from '../../../src-shared/json.ts';
import { EventTooLarge, fieldsOf, SseScanner } from '../bytes/sse-scanner.ts';
import type { ResponseObserver } from '../client/client-response.ts';
import { objectOf } from '../model/json.ts';

export interface RecordedResponse {
  readonly id: string;
  readonly status: string;
  /** Without output. */
  readonly response: JsonObject;
  readonly output: readonly unknown[];
}

const lastEvents = ['response.completed', 'response.incomplete'];

export class ResponseRecorder implements ResponseObserver {
  readonly #maxBytes: number;
  readonly #headersFor: (bytes: number) => Readonly<Record<string, string>>;
  #kind: 'json' | 'none' | 'stream' = 'none';
  #chunks: Buffer[] = [];
  #size = 0;
  readonly #scanner = new SseScanner();
  readonly #items: unknown[] = [];
  #last: JsonObject | undefined;

  /** A response with more than `maxBytes` is not recorded; `headersFor` says so to the client. */
  constructor(maxBytes: number, headersFor: (bytes: number) => Readonly<Record<string, string>>) {
    this.#maxBytes = maxBytes;
    this.#headersFor = headersFor;
  }

  readonly headersOf = (bytes: number): Readonly<Record<string, string>> => this.#headersFor(bytes);

  readonly onHead = (status: number, headers: Readonly<Record<string, string>>): void => {
    const type = headers['content-type'] ?? '';
    this.#kind = status !== 200 ? 'none' : type.startsWith('text/event-stream') ? 'stream' : 'json';
  };

  readonly onBytes = (bytes: Buffer): void => {
    if (this.#kind === 'none') return;
    if (this.#kind === 'json') {
      this.#count(bytes.length);
      if (this.#kind === 'json') this.#chunks.push(Buffer.from(bytes));
      return;
    }
    try {
      for (const event of this.#scanner.push(bytes)) this.#read(event);
    } catch (error) {
      if (!(error instanceof EventTooLarge)) throw error;
      this.#kind = 'none';
    }
  };

  /** Undefined when the response did not end well, or is too large. */
  result(): RecordedResponse | undefined {
    if (this.#kind === 'none') return undefined;
    const whole = this.#kind === 'json' ? parseJson(Buffer.concat(this.#chunks).toString()) : this.#last;
    const { output, ...response } = objectOf(whole);
    const { id, status } = response;
    if (typeof id !== 'string' || (status !== 'completed' && status !== 'incomplete')) return undefined;
    const items = Array.isArray(output) && output.length > 0 ? output : this.#items;
    return { id, status, response, output: items };
  }

  #read(event: Buffer): void {
    if (!event.includes('response.')) return;
    const { event: name, data } = fieldsOf(event);
    if (data === undefined) return;
    const isLast = lastEvents.some((type) => name === type || (name === '' && data.includes(`"${type}"`)));
    if (!isLast && !data.includes('"response.output_item.done"')) return;
    const json = objectOf(parseJson(data.toString()));
    if (json.type === 'response.output_item.done' && isObject(json.item)) {
      this.#count(data.length);
      this.#items.push(json.item);
    } else if (lastEvents.includes(String(json.type))) {
      this.#size = Math.max(this.#size, data.length);
      this.#count(0);
      this.#last = objectOf(json.response);
    }
  }

  #count(bytes: number): void {
    this.#size += bytes;
    if (this.#size <= this.#maxBytes) return;
    this.#kind = 'none';
    this.#chunks = [];
    this.#items.length = 0;
  }
}
