// Which connection a request went out on, as undici tells it on its diagnostics channels: whether that had been kept from
// before, and whether anything came back. A client cannot see it otherwise.
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { skipInterim } from './skip-interim.ts';

/** Errors of a connection that the other side has closed. */
const closed = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** The connection of one request. */
export class RequestConnection {
  #socket: Socket | undefined;
  #bytesBefore = 0;

  /** The request is about to be written to this socket. */
  begin(socket: Socket): void {
    this.#socket = socket;
    this.#bytesBefore = socket.bytesRead;
  }

  /**
   * Whether this error means that a kept connection was closed just as the request went out: an earlier response had
   * come over it, and no byte of this one. Nobody has begun to answer, so that it can be sent once more.
   */
  wasClosedUnanswered(error: Error): boolean {
    const { code } = error as NodeJS.ErrnoException;
    return (
      closed.has(code ?? '') &&
      this.#socket !== undefined &&
      this.#bytesBefore > 0 &&
      this.#socket.bytesRead === this.#bytesBefore
    );
  }
}

/** Requests that undici has made and not yet written. */
const waiting = new WeakMap<object, RequestConnection>();
/** Of the request that is being made. */
let current: RequestConnection | undefined;

/** Calls `dispatch`, which makes a request of undici at once, and follows that request to its connection. */
export function follow(connection: RequestConnection, dispatch: () => void): void {
  current = connection;
  try {
    dispatch();
  } finally {
    current = undefined;
  }
}

subscribe('undici:request:create', (message) => {
  // The first one that is made is ours; a proxy may need further ones.
  if (current === undefined) return;
  waiting.set((message as { request: object }).request, current);
  current = undefined;
});

subscribe('undici:client:sendHeaders', (message) => {
  const { request, socket } = message as { request: object; socket: Socket };
  skipInterim(socket);
  waiting.get(request)?.begin(socket);
});
