// One response that comes over an upstream's WebSocket, as if it came over HTTP.
import type { IncomingHttpHeaders } from 'node:http';
import type { WebSocket } from 'ws';
import { type JsonObject, parseJson } from '../../../src-shared/json.ts';
import { objectOf, stringOf } from '../model/json.ts';
import type { UpstreamResponse } from '../upstream/send.ts';
import { UpstreamBody } from '../upstream/upstream-body.ts';

const lastEvents: ReadonlySet<string> = new Set(['response.completed', 'response.incomplete', 'response.failed']);
/** Messages beside the response that may come before it. */
const maxEarly = 64;

export class UpstreamTurn {
  readonly response: Promise<UpstreamResponse>;
  readonly #answer: (response: UpstreamResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #socket: WebSocket;
  readonly #onMade: (id: string) => void;
  readonly #body: UpstreamBody;
  #headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What came beside the response before it. */
  #early: Buffer[] = [];
  #hasBegun = false;
  #isOver = false;
  #onOver: (() => void) | undefined;

  /** `headers`: those of the response to the upgrade. `onMade` is told the id of a response that is complete. */
  constructor(socket: WebSocket, headers: IncomingHttpHeaders, onMade: (id: string) => void) {
    const { promise, resolve, reject } = Promise.withResolvers<UpstreamResponse>();
    this.response = promise;
    this.#answer = resolve;
    this.#reject = reject;
    this.#socket = socket;
    this.#onMade = onMade;
    this.#headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('x-')));
    this.#body = new UpstreamBody({
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      abort: (reason) => this.abort(reason),
    });
  }

  /** The response is complete, or has broken off. */
  whenOver(listener: () => void): void {
    this.#onOver = listener;
  }

  take(data: Buffer, isBinary: boolean): void {
    if (this.#isOver) return;
    const message = isBinary ? undefined : parseJson(data.toString());
    const { type, ...rest } = objectOf(message);
    if (typeof type !== 'string') this.abort(new Error('The upstream sent a message that is no event.'));
    else if (!this.#hasBegun && type === 'error') this.#answerError(rest);
    else this.#pass(type, rest, message);
  }

  #pass(type: string, rest: JsonObject, message: unknown): void {
    const event = Buffer.from(`event: ${type.replace(/[\r\n]/g, '')}\ndata: ${JSON.stringify(message)}\n\n`);
    if (!this.#hasBegun && !type.startsWith('response.')) {
      this.#headers = { ...this.#headers, ...limitHeaders(rest) };
      if (this.#early.length < maxEarly) this.#early.push(event);
      return;
    }
    this.#begin();
    this.#body.push(event);
    if (type !== 'error' && !lastEvents.has(type)) return;
    const id = stringOf(objectOf(rest.response).id);
    if (id !== undefined && type !== 'response.failed') this.#onMade(id);
    this.#over();
  }

  /** The connection is gone. */
  fail(error: Error): void {
    if (this.#isOver) return;
    this.#reject(error);
    this.#over(error);
  }

  /** Nobody needs the rest: there is no other way to end it than to close the connection. */
  abort(reason: Error): void {
    if (this.#isOver) return;
    this.fail(reason);
    this.#socket.terminate();
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    const headers = { ...this.#headers, 'content-type': 'text/event-stream' };
    this.#answer({ status: 200, headers, body: this.#body });
    for (const event of this.#early) this.#body.push(event);
    this.#early = [];
  }

  #answerError({ status, status_code: code, error, headers }: JsonObject): void {
    const named = Number(status ?? code);
    const sent = Object.entries(objectOf(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]);
    const { 'content-encoding': _, ...kept } = Object.fromEntries(sent);
    this.#answer({
      status: Number.isInteger(named) && named >= 400 && named <= 599 ? named : 502,
      headers: { ...this.#headers, ...kept, 'content-type': 'application/json' },
      body: this.#body,
    });
    this.#body.push(Buffer.from(JSON.stringify({ error })));
    this.#over();
  }

  #over(error?: Error): void {
    this.#isOver = true;
    this.#body.finish(error);
    this.#socket.resume();
    this.#onOver?.();
  }
}

/** `codex.rate_limits` in the words of the headers that responses over HTTP have. */
function limitHeaders({ rate_limits: limits }: JsonObject): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const slot of ['primary', 'secondary']) {
    const window = objectOf(objectOf(limits)[slot]);
    for (const [name, value] of Object.entries(window))
      if (typeof value === 'number') headers[`x-codex-${slot}-${name.replaceAll('_', '-')}`] = String(value);
  }
  return headers;
}
