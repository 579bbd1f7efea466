// The response to a turn: its server-sent events become messages, anything else an error message.
import { Writable } from 'node:stream';
import { type JsonObject, parseJson } from '../../../src-shared/json.ts';
import { fieldsOf, SseScanner } from '../bytes/sse-scanner.ts';
import type { ResponseStream } from '../client/client-response.ts';
import { objectOf, stringOf } from '../model/json.ts';
import { errorMessage, errorMessageOf } from './error-message.ts';

export interface MessageSink {
  send(text: string): void;
  /** Calls `done` when the client has taken most of what was sent, or has left. */
  whenTaken(done: () => void): void;
}

const lastEvents: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/** Of a response that breaks off, no more than this of its output is told once more. Letters. */
const maxOutputLength = 8 * 1024 * 1024;

export class TurnResponse extends Writable implements ResponseStream {
  statusCode = 200;
  headersSent = false;
  readonly #sink: MessageSink;
  #headers: Readonly<Record<string, string>> = {};
  #scanner: SseScanner | undefined;
  readonly #body: Buffer[] = [];
  /** As the first event told of it. */
  #created: JsonObject | undefined;
  #items: string[] = [];
  #itemsLength = 0;
  #isOver = false;

  constructor(sink: MessageSink) {
    super();
    this.#sink = sink;
  }

  writeHead(status: number, headers: Readonly<Record<string, string>>): this {
    this.statusCode = status;
    this.headersSent = true;
    this.#headers = headers;
    if (status === 200 && headers['content-type']?.startsWith('text/event-stream')) this.#scanner = new SseScanner();
    return this;
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#scanner === undefined) {
      // The memory that it lies in is used again.
      this.#body.push(Buffer.from(chunk));
      done();
      return;
    }
    try {
      for (const event of this.#scanner.push(chunk)) this.#pass(event);
    } catch (error) {
      this.#breakOff((error as Error).message);
    }
    this.#sink.whenTaken(() => done());
  }

  override _final(done: () => void): void {
    if (this.#scanner !== undefined) this.#breakOff('The response ended before it was complete.');
    else if (this.headersSent) this.#tellWhole();
    done();
  }

  override _destroy(_: Error | null, done: () => void): void {
    if (this.#scanner !== undefined) this.#breakOff('The response broke off.');
    done();
  }

  #tellWhole(): void {
    const json = parseJson(Buffer.concat(this.#body).toString());
    const isError = this.statusCode >= 400;
    this.#isOver = true;
    const message = isError
      ? errorMessage(this.statusCode, json, this.#headers)
      : { type: 'response.completed', response: json };
    this.#sink.send(JSON.stringify(message));
  }

  #pass(event: Buffer): void {
    const { event: name, data } = fieldsOf(event);
    if (data === undefined || this.#isOver) return;
    const text = data.toString();
    const type = name === '' ? stringOf(objectOf(parseJson(text)).type) : name;
    if (type === undefined) return;
    if (type === 'error') {
      const told = objectOf(parseJson(text));
      this.#fail({ ...told, ...objectOf(told.error) });
      return;
    }
    if (type === 'response.created') this.#created = objectOf(objectOf(parseJson(text)).response);
    if (type === 'response.output_item.done') this.#keepItem(text);
    if (lastEvents.has(type)) this.#isOver = true;
    this.#sink.send(text);
  }

  #keepItem(text: string): void {
    this.#itemsLength += text.length;
    if (this.#itemsLength > maxOutputLength) this.#items = [];
    else this.#items.push(text);
  }

  #breakOff(message: string): void {
    if (!this.#isOver) this.#fail({ code: 'server_error', message });
  }

  #fail({ code = 'server_error', message }: JsonObject): void {
    this.#isOver = true;
    if (this.#created === undefined) {
      const sentence = stringOf(message) ?? 'The upstream reported an error.';
      this.#sink.send(JSON.stringify(errorMessageOf({ status: 502, message: sentence })));
      return;
    }
    const output = this.#items.map((text) => objectOf(parseJson(text)).item);
    const response = { ...this.#created, status: 'failed', output, error: { code, message } };
    this.#sink.send(JSON.stringify({ type: 'response.failed', response }));
  }
}
