// Pulls an upstream's body chunk by chunk; what is not pulled is not read from the socket.
import type { Readable } from 'node:stream';

/** How long the rest of a finished answer may take before its connection is given up. Milliseconds. */
const restPatience = 1_000;

export class BodyReader {
  readonly #body: Readable;
  #wake: (() => void) | undefined;
  #error: Error | undefined;
  #isOver = false;
  readonly #onReadable = () => this.#wake?.();

  constructor(body: Readable) {
    this.#body = body;
    body.on('readable', this.#onReadable);
    body.once('end', () => this.#finish());
    body.on('error', (error: Error) => this.#finish(error));
    body.once('close', () => this.#finish(new Error('The body was closed before its end.')));
  }

  /** All that has come since the last call; undefined at the end. Rejects when the body breaks off. */
  async next(): Promise<Buffer | undefined> {
    for (;;) {
      const chunk: Buffer | null = this.#body.read();
      if (chunk !== null) return chunk;
      if (this.#error !== undefined) throw this.#error;
      if (this.#isOver) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Nobody wants the rest: the connection is kept if it ends at once, else closed. */
  leave(): void {
    if (this.#isOver) return;
    this.#body.off('readable', this.#onReadable);
    this.#body.resume();
    const timer = setTimeout(() => this.#body.destroy(), restPatience).unref();
    this.#body.once('close', () => clearTimeout(timer));
  }

  /** Closes the connection. */
  cut(): void {
    if (!this.#isOver) this.#body.destroy();
  }

  #finish(error?: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#error = error;
    this.#wake?.();
  }
}
