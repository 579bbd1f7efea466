// One client's WebSocket: its messages become requests, and their responses messages.
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Clock } from '../../lib/time/clock.ts';
import { SocketConversations } from '../kept-responses/socket-conversations.ts';
import type { UpstreamError } from '../model/events.ts';
import type { UpstreamSockets } from '../request/upstream-sockets.ts';
import { type ClientMessage, type CreateMessage, readMessage } from './client-message.ts';
import { errorMessageOf } from './error-message.ts';
import { Lane } from './lane.ts';
import type { Turn } from './turn.ts';
import { TurnResponse } from './turn-response.ts';
import type { SocketTries } from './upstream-connection.ts';
import { warmUp } from './warm-up.ts';

export interface SocketServices {
  readonly clock: Clock;
  readonly newId: (prefix: string) => string;
  readonly tries: SocketTries;
  /** Why the client may not ask any more. */
  readonly rejection: (request: IncomingMessage) => UpstreamError | undefined;
  /** Everything that this client said up to and with a response. */
  readonly conversationOf: (
    request: IncomingMessage,
    id: string,
    conversations: SocketConversations,
  ) => string | undefined;
  /** Answers a turn; the response is closed when it is done. */
  readonly run: (request: IncomingMessage, response: TurnResponse, turn: Turn) => void;
}

const maxLanes = 16;
/** What a client has not taken yet before its upstream has to wait. Bytes. */
const maxUntaken = 1024 * 1024;
/** Rounds of pings without any answer after which a client is taken for gone. */
const maxUnanswered = 2;

export class ClientSocket {
  readonly #socket: WebSocket;
  readonly #request: IncomingMessage;
  readonly #services: SocketServices;
  readonly #sessionId: string;
  readonly #conversations = new SocketConversations();
  readonly #lanes = new Map<string, Lane>();
  readonly #responses = new Set<TurnResponse>();
  #untaken: (() => void)[] = [];
  #unanswered = 0;
  #isClosing = false;

  constructor(socket: WebSocket, request: IncomingMessage, services: SocketServices) {
    this.#socket = socket;
    this.#request = request;
    this.#services = services;
    this.#sessionId = services.newId('socket_');
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.#take(data, isBinary);
      this.#holdBack();
    });
    socket.on('ping', (data: Buffer) => {
      socket.pong(data, undefined, () => this.#sent());
      this.#holdBack();
    });
    socket.on('pong', () => {
      this.#unanswered = 0;
    });
    socket.on('close', () => this.#left());
    // A broken frame: the library closes the connection with its code.
    socket.on('error', () => {});
  }

  /** To be called every half minute. */
  ping(): void {
    this.#unanswered++;
    if (this.#unanswered > maxUnanswered) this.#socket.terminate();
    else this.#socket.ping();
  }

  /** The program ends: closes as soon as the requests under way have their response. */
  shutDown(): void {
    this.#isClosing = true;
    if (this.#responses.size === 0) this.#socket.close(1001, 'The server is shutting down.');
  }

  #take(data: Buffer, isBinary: boolean): void {
    if (this.#isClosing || this.#socket.readyState !== this.#socket.OPEN) return;
    if (isBinary) this.#socket.close(1003, 'Messages are JSON texts.');
    else this.#answer(readMessage(data));
  }

  #answer(message: ClientMessage): void {
    if (message.kind === 'processed') return;
    const { streamId } = message;
    const rejection = message.kind === 'create' ? this.#services.rejection(this.#request) : undefined;
    if (rejection !== undefined) {
      this.#tell(streamId, errorMessageOf(rejection));
      this.#socket.close(1008, 'The client key is not valid any more.');
    } else if (message.kind === 'invalid') {
      const { message: sentence, param } = message;
      this.#tell(streamId, errorMessageOf({ status: 400, message: sentence, ...(param && { param }) }));
    } else if (this.#laneOf(streamId)?.add(message) !== true) {
      const sentence = 'Too many requests wait on this socket. Send the next one when a response is complete.';
      this.#tell(streamId, errorMessageOf({ status: 429, message: sentence }));
    }
  }

  /** Undefined when there are too many already. */
  #laneOf(streamId: string): Lane | undefined {
    const known = this.#lanes.get(streamId);
    if (known !== undefined) return known;
    if (this.#lanes.size >= maxLanes) {
      const idle = [...this.#lanes].find(([, lane]) => lane.isIdle);
      if (idle === undefined) return undefined;
      idle[1].close();
      this.#lanes.delete(idle[0]);
    }
    const lane = new Lane((message, own, done) => this.#run(message, own, done));
    this.#lanes.set(streamId, lane);
    return lane;
  }

  #run(message: CreateMessage, lane: Lane, done: () => void): void {
    const { streamId } = message;
    const { clock, newId } = this.#services;
    if (message.isWarmUp) {
      const conversations = this.#conversations;
      const conversationOf = (id: string) => this.#services.conversationOf(this.#request, id, conversations);
      const place = { conversations, conversationOf, newId, now: clock.now() };
      for (const answer of warmUp(message, place)) this.#tell(streamId, answer);
      done();
      return;
    }
    const response = new TurnResponse({
      send: (text) => this.#send(streamId, text),
      whenTaken: (taken) => this.#whenTaken(taken),
    });
    this.#responses.add(response);
    response.once('close', () => {
      this.#responses.delete(response);
      if (this.#isClosing) this.shutDown();
      else done();
    });
    this.#services.run(this.#request, response, {
      body: message.body,
      conversations: this.#conversations,
      sessionId: this.#sessionId,
      upstreamSockets: this.#upstreamSockets(lane, message),
    });
  }

  #upstreamSockets(lane: Lane, { clientMetadata }: CreateMessage): UpstreamSockets {
    const { tries } = this.#services;
    const { headers } = this.#request;
    return (credential) => {
      if (!tries.isTried(credential)) return undefined;
      const connection = lane.connectionTo(credential, {
        beta: headers['openai-beta'],
        onRefusal: () => tries.refused(credential),
      });
      return { made: (id) => connection.made(id), send: (call) => connection.send(call, clientMetadata) };
    };
  }

  #tell(streamId: string, message: unknown): void {
    this.#send(streamId, JSON.stringify(message));
  }

  #send(streamId: string, text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const named =
      streamId === '' ? text : `{"stream_id":${JSON.stringify(streamId)},${text.slice(text.indexOf('{') + 1)}`;
    this.#socket.send(named, () => this.#sent());
  }

  #sent(): void {
    if (this.#socket.bufferedAmount <= maxUntaken) this.#taken();
  }

  /** Who does not take answers is not listened to until then: each message may have one. */
  #holdBack(): void {
    if (this.#socket.isPaused || this.#socket.bufferedAmount <= maxUntaken) return;
    this.#socket.pause();
    this.#untaken.push(() => this.#socket.resume());
  }

  #whenTaken(done: () => void): void {
    if (this.#socket.bufferedAmount <= maxUntaken) done();
    else this.#untaken.push(done);
  }

  #taken(): void {
    const waiting = this.#untaken;
    this.#untaken = [];
    for (const done of waiting) done();
  }

  #left(): void {
    this.#isClosing = true;
    for (const lane of this.#lanes.values()) lane.close();
    for (const response of this.#responses) response.destroy();
    this.#taken();
  }
}
