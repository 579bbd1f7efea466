// Ends requests of whose body nothing comes any more. Slow uploads go on as long as something does.
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type Clock, type Disposer, systemClock } from '../../lib/time/clock.ts';

/** How long nothing may come. Milliseconds. */
const maxSilenceMs = 120_000;
const checkMs = 10_000;

interface Progress {
  readonly request: IncomingMessage;
  readonly bytes: number;
  readonly since: number;
}

export class SlowBodies {
  readonly #clock: Clock;
  /** By connection, which has one request at a time. */
  readonly #watched = new Map<Socket, Progress>();
  #timer: Disposer | undefined;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** Until its body is complete or its connection closes. */
  watch(request: IncomingMessage): void {
    const { headers, socket } = request;
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
    this.#watched.set(socket, { request, bytes: socket.bytesRead, since: this.#clock.now() });
    this.#timer ??= this.#clock.after(checkMs, () => this.#check());
  }

  #check(): void {
    this.#timer = undefined;
    const now = this.#clock.now();
    for (const [socket, { request, bytes, since }] of this.#watched) {
      if (socket.destroyed || request.readableEnded) this.#watched.delete(socket);
      // What has come and is not read yet waits for an upstream that is slow itself.
      else if (socket.bytesRead > bytes || request.readableLength > 0)
        this.#watched.set(socket, { request, bytes: socket.bytesRead, since: now });
      else if (request.complete) this.#watched.delete(socket);
      else if (now - since >= maxSilenceMs) socket.destroy();
    }
    if (this.#watched.size > 0) this.#timer = this.#clock.after(checkMs, () => this.#check());
  }
}
