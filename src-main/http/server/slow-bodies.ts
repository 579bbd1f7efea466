// Ends requests of whose body nothing comes any more. Slow uploads go on as long as something does.
import type { IncomingMessage } from 'node:http';
import { type Clock, type Disposer, systemClock } from '../../lib/time/clock.ts';

/** How long nothing may come. Milliseconds. */
const maxSilenceMs = 120_000;
const checkMs = 10_000;

interface Progress {
  readonly bytes: number;
  readonly since: number;
}

export class SlowBodies {
  readonly #clock: Clock;
  readonly #watched = new Map<IncomingMessage, Progress>();
  #timer: Disposer | undefined;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** Until its body is complete or its connection closes. */
  watch(request: IncomingMessage): void {
    const { headers, socket } = request;
    if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
    this.#watched.set(request, { bytes: socket.bytesRead, since: this.#clock.now() });
    const forget = () => {
      this.#watched.delete(request);
      if (this.#watched.size === 0) this.#stop();
    };
    request.once('end', forget).once('close', forget);
    this.#timer ??= this.#clock.after(checkMs, () => this.#check());
  }

  #check(): void {
    this.#timer = undefined;
    const now = this.#clock.now();
    for (const [request, { bytes, since }] of this.#watched) {
      const { socket } = request;
      // What has come and is not read yet waits for an upstream that is slow itself.
      if (socket.bytesRead > bytes || request.readableLength > 0)
        this.#watched.set(request, { bytes: socket.bytesRead, since: now });
      else if (request.complete) this.#watched.delete(request);
      else if (now - since >= maxSilenceMs) socket.destroy();
    }
    if (this.#watched.size > 0) this.#timer = this.#clock.after(checkMs, () => this.#check());
  }

  #stop(): void {
    this.#timer?.();
    this.#timer = undefined;
  }
}
