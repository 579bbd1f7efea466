// The body of an upstream's response, pulled chunk by chunk: what nobody pulls is not read from the socket.

import { acquirePooled, isPooled, isSmall } from '../bytes/buffer-pool.ts';

/** What may wait for a client that is slow, before the upstream has to. Bytes. */
const maxAhead = 16 * 1024;
/** How long the rest of a finished response may take before its connection is given up. Milliseconds. */
const discardTimeoutMs = 1_000;

/** Where the bytes come from: undici's controller of a request, or what decompresses them. */
export interface BodySource {
  pause(): void;
  resume(): void;
  /** Closes the connection. */
  abort(reason: Error): void;
}

/** What is read of a response. */
export interface ResponseBody extends AsyncIterable<Buffer> {
  /**
   * The next bytes, which may be `release`d; undefined at the end. Rejects when the body breaks off, after all that came
   * before.
   */
  next(): Promise<Buffer | undefined>;
  /** Nobody needs the rest: the connection is kept if it ends soon, else closed. */
  discard(): void;
  /** Closes the connection. */
  destroy(): void;
}

export class UpstreamBody implements ResponseBody {
  readonly #source: BodySource;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #wake: (() => void) | undefined;
  #error: Error | undefined;
  #isLeft = false;
  #isOver = false;
  #discardTimer: NodeJS.Timeout | undefined;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** The next bytes have come. They are copied. */
  push(chunk: Buffer): void {
    if (this.#isLeft) return;
    this.#keep(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes > maxAhead) this.#source.pause();
    this.#wake?.();
  }

  /** No more will come; with an error when it broke off. */
  finish(error?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#error = error;
    clearTimeout(this.#discardTimer);
    this.#wake?.();
  }

  async next(): Promise<Buffer | undefined> {
    for (;;) {
      const chunk = this.#waiting.shift();
      if (chunk !== undefined) {
        this.#waitingBytes -= chunk.length;
        return chunk;
      }
      if (this.#error !== undefined) throw this.#error;
      if (this.#isOver) return undefined;
      const awake = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#source.resume();
      await awake;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) yield chunk;
  }

  discard(): void {
    if (this.#isOver) return;
    this.#isLeft = true;
    this.#waiting = [];
    this.#discardTimer = setTimeout(() => this.destroy(), discardTimeoutMs).unref();
    this.#source.resume();
  }

  destroy(): void {
    if (!this.#isOver) this.#source.abort(new Error('The client needs no more of the response.'));
  }

  /** Small chunks are one write to the client together. */
  #keep(chunk: Buffer): void {
    const last = this.#waiting.pop();
    if (last === undefined && isSmall(chunk.length)) {
      this.#waiting.push(Buffer.from(chunk));
      return;
    }
    let open = last !== undefined && isPooled(last) ? last : moved(last);
    for (let from = 0; from < chunk.length; ) {
      const room = open.buffer.byteLength - open.length;
      if (room === 0) {
        this.#waiting.push(open);
        open = moved();
        continue;
      }
      const grown = Buffer.from(open.buffer, 0, Math.min(open.length + chunk.length - from, open.buffer.byteLength));
      from += chunk.copy(grown, open.length, from);
      open = grown;
    }
    this.#waiting.push(open);
  }
}

/** A pooled buffer that begins with these bytes. */
function moved(bytes?: Buffer): Buffer {
  const pooled = acquirePooled();
  return pooled.subarray(0, bytes?.copy(pooled) ?? 0);
}
