// The body of an upstream's answer, pulled chunk by chunk: what nobody pulls is not read from the socket.

/** What may wait for a client that is slow, before the upstream has to. Bytes. */
const mostAhead = 16 * 1024;
/** How long the rest of a finished answer may take before its connection is given up. Milliseconds. */
const restPatience = 1_000;

/** Where the bytes come from: undici's controller of a request, or what unpacks them. */
export interface BodySource {
  pause(): void;
  resume(): void;
  /** Closes the connection. */
  abort(reason: Error): void;
}

export class UpstreamBody {
  readonly #source: BodySource;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #wake: (() => void) | undefined;
  #error: Error | undefined;
  #isLeft = false;
  #isOver = false;
  #patience: NodeJS.Timeout | undefined;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** The next bytes have come. */
  push(chunk: Buffer): void {
    if (this.#isLeft) return;
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes > mostAhead) this.#source.pause();
    this.#wake?.();
  }

  /** No more will come; with an error when it broke off. */
  finish(error?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#error = error;
    clearTimeout(this.#patience);
    this.#wake?.();
  }

  /** Undefined at the end. Rejects when the body breaks off, after all that came before. */
  async next(): Promise<Buffer | undefined> {
    for (;;) {
      if (this.#waiting.length > 0) return this.#take();
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

  /** Nobody wants the rest: the connection is kept if it ends soon, else closed. */
  leave(): void {
    if (this.#isOver) return;
    this.#isLeft = true;
    this.#waiting = [];
    this.#patience = setTimeout(() => this.cut(), restPatience).unref();
    this.#source.resume();
  }

  /** Closes the connection. */
  cut(): void {
    if (!this.#isOver) this.#source.abort(new Error('Nobody wants the rest of the answer.'));
  }

  /** Small chunks are one write to the client together; large ones would be copied for it. */
  #take(): Buffer {
    const isOne = this.#waiting.length === 1 || this.#waitingBytes > mostAhead;
    const taken = isOne ? (this.#waiting.shift() as Buffer) : Buffer.concat(this.#waiting);
    if (!isOne) this.#waiting = [];
    this.#waitingBytes -= taken.length;
    return taken;
  }
}
