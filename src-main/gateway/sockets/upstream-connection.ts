// One upstream's WebSocket, which stays open from one turn to the next.
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import type { Clock } from '../../lib/time/clock.ts';
import codexClient from '../../providers/codex-client.json' with { type: 'json' };
import { maxEventBytes } from '../bytes/sse-scanner.ts';
import { formats } from '../formats/formats.ts';
import type { Credential } from '../routing/credential.ts';
import { send, type UpstreamCall, type UpstreamResponse } from '../upstream/send.ts';
import { UpstreamBody } from '../upstream/upstream-body.ts';
import { createMessage } from './create-message.ts';
import { UpstreamTurn } from './upstream-turn.ts';

export interface UpstreamConnectionOptions {
  /** What the client says of the version of the protocol. */
  readonly beta: string | string[] | undefined;
  /** The upstream serves no WebSockets. */
  readonly onRefusal: () => void;
}

/** RFC 6455, 4.2.2. */
const protocolId = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
/** Responses to an upgrade that mean what they mean over HTTP; all others: there are no WebSockets. */
const told = new Set([401, 403, 429]);
const maxMade = 16;
const closeTimeoutMs = 5_000;

export class UpstreamConnection {
  readonly #options: UpstreamConnectionOptions;
  #socket: WebSocket | undefined;
  #headers: IncomingHttpHeaders = {};
  /** Ids of the responses that were made over the socket that is open. */
  readonly #made = new Set<string>();
  #turn: UpstreamTurn | undefined;

  constructor(options: UpstreamConnectionOptions) {
    this.#options = options;
  }

  /** Whether a response was made over this connection, and can be continued there. */
  made(id: string): boolean {
    return this.#socket?.readyState === WebSocket.OPEN && this.#made.has(id);
  }

  /** As `send` of HTTP, which takes the place of it when the upstream serves no WebSockets. */
  async send(call: UpstreamCall, clientMetadata: Buffer | undefined): Promise<UpstreamResponse> {
    if (this.#socket?.readyState !== WebSocket.OPEN) {
      const refusal = await this.#open(call);
      if (refusal === 'not served') return send(call);
      if (refusal !== undefined) return refusal;
    }
    const socket = this.#socket;
    if (socket === undefined) throw new Error('The upstream closed the connection.');
    const turn = new UpstreamTurn(socket, this.#headers, (id) => this.#keep(id));
    this.#turn = turn;
    const leave = () => turn.abort(call.signal.reason);
    call.signal.addEventListener('abort', leave, { once: true });
    turn.whenOver(() => {
      call.signal.removeEventListener('abort', leave);
      if (this.#turn === turn) this.#turn = undefined;
    });
    if (call.signal.aborted) leave();
    else socket.send(await createMessage(call.body, clientMetadata));
    return turn.response;
  }

  close(): void {
    this.#socket?.terminate();
  }

  #keep(id: string): void {
    this.#made.add(id);
    const [oldest] = this.#made;
    if (this.#made.size > maxMade && oldest !== undefined) this.#made.delete(oldest);
  }

  async #open({
    url,
    headers,
    dispatcher,
    signal,
  }: UpstreamCall): Promise<UpstreamResponse | 'not served' | undefined> {
    const key = randomBytes(16).toString('base64');
    const { 'content-type': _, accept: __, ...kept } = headers;
    const beta = typeof this.#options.beta === 'string' ? this.#options.beta : codexClient.webSocketBeta;
    const asked = { ...kept, 'openai-beta': beta, 'sec-websocket-version': '13', 'sec-websocket-key': key };
    const answer = await dispatcher.upgrade(url, { protocol: 'websocket', headers: asked, signal }).catch((error) => {
      if (signal.aborted) throw error;
      return undefined;
    });
    // Over HTTP it turns out whether the server can be reached at all.
    if (answer === undefined) return 'not served';
    if ('status' in answer) {
      if (told.has(answer.status)) return refusalOf(answer);
      this.#options.onRefusal();
      return 'not served';
    }
    const accepted = createHash('sha1')
      .update(key + protocolId)
      .digest('base64');
    if (answer.headers['sec-websocket-accept'] !== accepted) {
      answer.socket.destroy();
      this.#options.onRefusal();
      return 'not served';
    }
    this.#use(answer.socket, answer.headers);
    return undefined;
  }

  #use(connection: Duplex, headers: IncomingHttpHeaders): void {
    this.#made.clear();
    this.#headers = headers;
    const socket = clientSocketOn(connection);
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary: boolean) => this.#turn?.take(data, isBinary));
    socket.on('error', (error) => this.#turn?.fail(error));
    socket.on('close', () =>
      this.#turn?.fail(new Error('The upstream closed the connection before its response ended.')),
    );
  }
}

/** `ws` dials by itself without a proxy only: it is given the connection, and the role of a client. */
function clientSocketOn(connection: Duplex): WebSocket {
  const options = { autoPong: true, closeTimeout: closeTimeoutMs };
  const socket = Reflect.construct(WebSocket, [null, undefined, options]) as InnerWebSocket;
  socket._isServer = false;
  socket.setSocket(connection, Buffer.alloc(0), {
    allowSynchronousEvents: true,
    maxFragments: 16 * 1024,
    maxPayload: maxEventBytes,
  });
  return socket;
}

/** What `ws` does not name in its types. */
interface InnerWebSocket extends WebSocket {
  _isServer: boolean;
  setSocket(
    socket: Duplex,
    head: Buffer,
    options: {
      readonly allowSynchronousEvents: boolean;
      readonly maxFragments: number;
      readonly maxPayload: number;
    },
  ): void;
}

function refusalOf({ status, headers, body: bytes }: Refused): UpstreamResponse {
  const body = new UpstreamBody({ pause: () => {}, resume: () => {}, abort: () => {} });
  body.push(bytes);
  body.finish();
  return { status, headers, body };
}

interface Refused {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const refusedMs = 10 * 60_000;

/** Which upstreams are asked over WebSockets. */
export class SocketTries {
  readonly #clock: Clock;
  /** Until when an upstream that serves none is asked over HTTP, by credential. */
  readonly #refusedUntil = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isTried({ id, upstream, usesWebSockets }: Credential): boolean {
    if (usesWebSockets !== true || formats[upstream.format].family !== formats.responses.family) return false;
    const until = this.#refusedUntil.get(id);
    if (until === undefined || until > this.#clock.now()) return until === undefined;
    this.#refusedUntil.delete(id);
    return true;
  }

  refused({ id }: Credential): void {
    this.#refusedUntil.set(id, this.#clock.now() + refusedMs);
  }
}
