// The response to a client: nothing is written before the upstream's response is known to be one.
import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import type { Config } from '../../../src-shared/config.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';
import { isPooled, release } from '../bytes/buffer-pool.ts';
import type { Format } from '../formats/format.ts';
import type { UpstreamError } from '../model/events.ts';
import { drainBody } from './read-body.ts';

const defaultKeepAliveMs = 15_000;
/** The longest time that a timer of Node can be set to. */
const maxKeepAliveMs = 2 ** 31 - 1;

/** Milliseconds of silence after which a stream gets a sign of life, by `streaming.keepalive-seconds`; `undefined`: never. */
function keepAliveInterval(seconds: number): number | undefined {
  if (seconds < 0) return undefined;
  return seconds === 0 ? defaultKeepAliveMs : Math.min(seconds * 1_000, maxKeepAliveMs);
}

type Headers = Readonly<Record<string, string>>;

/** Where a response goes: one of Node's server, or what carries it another way. */
export interface ResponseStream extends Writable {
  readonly headersSent: boolean;
  readonly statusCode: number;
  writeHead(status: number, headers: Headers): unknown;
  /** The request that it answers, of Node's server. */
  readonly req?: IncomingMessage;
  readonly shouldKeepAlive?: boolean;
}

/** Told what the client is sent, for the request log. */
export interface ResponseObserver {
  readonly onHead: (status: number, headers: Headers) => void;
  /** The bytes are used again: what is kept is copied. */
  readonly onBytes: (bytes: Buffer) => void;
  /** Further headers for a response of so many bytes; 0: of a stream. */
  readonly headersOf?: (bytes: number) => Headers;
}

export class ClientResponse {
  readonly #response: ResponseStream;
  readonly #clock: Clock;
  readonly #headers: Record<string, string>;
  #upstreamHeaders: Headers = {};
  readonly #observers: ResponseObserver[] = [];
  #onFirstByte: (() => void) | undefined;
  readonly #keepAliveMs: number | undefined;
  #stopKeepAlive: Disposer | undefined;
  #lastWrite = 0;

  /** `headers` go with every response. */
  constructor(response: ResponseStream, clock: Clock, headers: Headers, streaming: Config['streaming']) {
    this.#keepAliveMs = keepAliveInterval(streaming['keepalive-seconds']);
    this.#response = response;
    this.#clock = clock;
    this.#headers = { ...headers };
  }

  /** From here on a request log is told what is sent, and the client under which id. */
  observe({ id, response }: { readonly id: string; readonly response: ResponseObserver }): void {
    this.#observers.push(response);
    this.#headers['x-cpa-request-id'] = id;
  }

  /** Names who is asked: the model as it is listed here, and its source in words for clients. */
  nameUpstream(model: string, source: string): void {
    this.#headers['x-gateway-model'] = headerText(model);
    this.#headers['x-gateway-source'] = headerText(source);
  }

  /** Called when the first byte is on its way. */
  onFirstByte(listener: () => void): void {
    this.#onFirstByte = listener;
  }

  /** What the client is told of who was asked; takes the place of what was said of another. */
  setUpstreamHeaders(headers: Headers): void {
    this.#upstreamHeaders = headers;
  }

  /** Whether status and headers are on their way: the response cannot become another one any more. */
  get isCommitted(): boolean {
    return this.#response.headersSent;
  }

  get status(): number {
    return this.#response.statusCode;
  }

  /** A JSON response. */
  send(status: number, headers: Headers, body: Buffer | string): void {
    if (this.#response.headersSent || this.#response.destroyed) return;
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    this.#head(status, { ...headers, ...this.#headersOf(bytes.length), 'content-length': String(bytes.length) });
    this.#observed(bytes);
    const { req, shouldKeepAlive } = this.#response;
    if (req === undefined || shouldKeepAlive !== false || !awaitsBody(req)) return void this.#response.end(bytes);
    // The connection closes with the response, and what the client still sends would cost it the response.
    this.#response.write(bytes);
    req.once('close', () => this.#response.end());
    drainBody(req, this.#clock);
  }

  sendJson(status: number, value: unknown, headers: Headers = {}): void {
    this.send(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(value));
  }

  /** An error in the client's own format. */
  sendError(format: Format, error: UpstreamError): void {
    const after = error.retryAfter;
    this.sendJson(error.status, format.errorBody(error), {
      ...(after === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(after))) }),
      // The SDKs repeat every 5xx unless this says no.
      ...(error.status === 501 ? { 'x-should-retry': 'false' } : {}),
    });
  }

  /** Status and headers of a response that comes piece by piece. */
  start(contentType: string, keepAlive: string | undefined, headers: Headers = {}, status = 200): void {
    const isStream = contentType.startsWith('text/event-stream');
    this.#head(status, {
      ...(contentType === '' ? {} : { 'content-type': contentType }),
      ...(isStream ? { 'cache-control': 'no-cache', 'x-accel-buffering': 'no' } : {}),
      ...headers,
      ...this.#headersOf(0),
    });
    this.#lastWrite = this.#clock.now();
    const ms = this.#keepAliveMs;
    if (keepAlive !== undefined && ms !== undefined) this.#keepAliveIn(ms, ms, keepAlive);
  }

  /** Writes, `release`s what is written, and waits until the client takes more, or has left. */
  async write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0 || this.#response.destroyed) return release(bytes);
    this.#observed(bytes);
    this.#lastWrite = this.#clock.now();
    if (!this.#response.write(bytes, releaseOf(bytes))) await this.#drained();
  }

  end(bytes?: Buffer): void {
    this.#stopKeepAlive?.();
    if (this.#response.destroyed) return;
    if (bytes === undefined || bytes.length === 0) return void this.#response.end();
    this.#observed(bytes);
    this.#response.end(bytes, releaseOf(bytes));
  }

  /** Calls `done` once when the client has the whole response, or has left. */
  whenClosed(done: () => void): void {
    if (this.#response.closed) done();
    else this.#response.once('close', done);
  }

  /** Breaks the connection off: the only way left to say that a response is not complete. */
  destroy(): void {
    this.#stopKeepAlive?.();
    this.#response.destroy();
  }

  /** The same after some last bytes. */
  breakOff(bytes: Buffer): void {
    this.#stopKeepAlive?.();
    if (this.#response.destroyed) return;
    this.#observed(bytes);
    this.#response.write(bytes, () => this.#response.destroy());
  }

  /** Told what is sent, beside the request log. */
  alsoObserve(observer: ResponseObserver): void {
    this.#observers.push(observer);
  }

  #observed(bytes: Buffer): void {
    for (const { onBytes } of this.#observers) onBytes(bytes);
  }

  #headersOf(bytes: number): Headers {
    const headers: Record<string, string> = {};
    for (const observer of this.#observers) Object.assign(headers, observer.headersOf?.(bytes));
    return headers;
  }

  #head(status: number, headers: Headers): void {
    const all = { ...this.#headers, ...this.#upstreamHeaders, ...headers };
    this.#onFirstByte?.();
    for (const { onHead } of this.#observers) onHead(status, all);
    this.#response.writeHead(status, all);
  }

  #keepAliveIn(ms: number, interval: number, frame: string): void {
    this.#stopKeepAlive = this.#clock.after(ms, () => {
      if (this.#response.destroyed) return;
      const silentMs = this.#clock.now() - this.#lastWrite;
      if (silentMs < interval) return this.#keepAliveIn(interval - silentMs, interval, frame);
      // A client that does not read what it has needs no sign of life.
      if (!this.#response.writableNeedDrain) this.#response.write(frame);
      this.#keepAliveIn(interval, interval, frame);
    });
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const response = this.#response;
      const done = () => {
        response.off('drain', done).off('close', done);
        resolve();
      };
      response.on('drain', done).on('close', done);
    });
  }
}

/** Names come from the config and from clients, in any script: what no header can carry is written in percent. */
const headerText = (text: string) => text.replace(/[^\x20-\x7e]/gu, (char) => encodeURIComponent(char.toWellFormed()));

/** Called when the system has the bytes, or nobody will have them. */
const releaseOf = (bytes: Buffer) => (isPooled(bytes) ? () => release(bytes) : undefined);

const awaitsBody = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
