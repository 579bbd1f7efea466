// A body that goes upstream while it comes in: bytes as they are, but for the name of the model in a form.
import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../lib/time/clock.ts';
import { drainTimeoutMs, maxDrainedBytes } from '../client/read-body.ts';
import { MultipartScanner, type PartHead } from './multipart-scanner.ts';
import { boundaryOf } from './part-head.ts';
import { Spool } from './spool.ts';
import { UploadError } from './upload-error.ts';

const maxModelBytes = 1024;
const modelField = 'model';

export interface UploadOptions {
  readonly request: IncomingMessage;
  /** More is refused with 413. */
  readonly maxBytes: number;
}

/** Where the model's name stands. */
interface ModelField {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export class Upload {
  readonly contentType: string;
  /** Whether it is a form, whose fields are looked at. */
  readonly isForm: boolean;
  readonly #request: IncomingMessage;
  readonly #maxBytes: number;
  readonly #source: AsyncIterator<Buffer>;
  readonly #claimedBytes: number | undefined;
  readonly #scanner: MultipartScanner | undefined;
  readonly #spool = new Spool();
  #received = 0;
  #isEnded = false;
  /** Reads from the client are one after the other, whoever wants them. */
  #reading: Promise<unknown> = Promise.resolve();
  #model: ModelField | undefined;
  #field: { readonly start: number; bytes: Buffer[]; size: number } | undefined;
  #error: UploadError | undefined;

  /** Throws `UploadError` when the head of the request says already that the body cannot be taken. */
  constructor({ request, maxBytes }: UploadOptions) {
    this.contentType = request.headers['content-type'] ?? '';
    this.#request = request;
    this.#maxBytes = maxBytes;
    const claimed = request.headers['content-length'];
    this.#claimedBytes = claimed === undefined ? undefined : Number(claimed);
    if ((this.#claimedBytes ?? 0) > maxBytes) throw this.#tooLarge();
    if (!['', 'identity'].includes((request.headers['content-encoding'] ?? '').trim().toLowerCase()))
      throw new UploadError(400, 'Uploads cannot be sent compressed.');
    const boundary = boundaryOf(this.contentType);
    this.isForm = boundary !== undefined;
    if (boundary !== undefined) {
      this.#scanner = new MultipartScanner(boundary, {
        onPart: (head, start) => this.#openPart(head, start),
        onBytes: (bytes) => this.#addToField(bytes),
        onPartEnd: (end) => this.#closePart(end),
      });
    }
    this.#source = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  }

  /** What was wrong with the body, once that is known. */
  get error(): UploadError | undefined {
    return this.#error;
  }

  /** Whether it can be sent once more from its beginning. */
  get isRepeatable(): boolean {
    return this.#spool.size === this.#received;
  }

  /** Whether the client has sent all of it. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The model that the form names, read no further than to its field; undefined when it names none. Throws `UploadError`. */
  async readModel(): Promise<string | undefined> {
    while (this.#model === undefined && (await this.#pull(true)) !== undefined);
    return this.#model?.name;
  }

  /** The length to announce with another name for the model; undefined when the client announced none. */
  lengthWith(model: string | undefined): number | undefined {
    const { start, end } = this.#model ?? { start: 0, end: 0 };
    if (this.#claimedBytes === undefined || this.#model === undefined || model === undefined) return this.#claimedBytes;
    return this.#claimedBytes + Buffer.byteLength(model) - (end - start);
  }

  /**
   * All of the body with another name for the model. While `keeps` it can be asked for again. Throws `UploadError`.
   */
  async *stream(model: string | undefined, keeps: boolean): AsyncGenerator<Buffer> {
    for (let at = 0; ; ) {
      const chunk = at < this.#spool.size ? await this.#spool.read(at) : await this.#pullAfter(at, keeps);
      if (chunk === undefined) return;
      // An upstream that refuses early closes its connection: what it said is read before more is written, which fails.
      await setImmediate();
      yield* this.#edited(chunk, at, model);
      at += chunk.length;
    }
  }

  /**
   * Frees what was kept. What the client still sends is read and dropped for a while: it would take a connection that
   * closes for the response.
   */
  async close(clock: Clock): Promise<void> {
    await this.#reading.catch(() => {});
    await this.#spool.dispose();
    const stop = clock.after(drainTimeoutMs, () => this.#request.destroy());
    try {
      for (let left = maxDrainedBytes; left > 0 && !this.#request.destroyed; ) {
        const { value, done } = await this.#source.next();
        if (done) return;
        left -= value.length;
      }
      this.#request.destroy();
    } catch {
      // The client has left.
    } finally {
      stop();
    }
  }

  *#edited(chunk: Buffer, at: number, model: string | undefined): Generator<Buffer> {
    const field = this.#model;
    const end = at + chunk.length;
    if (field === undefined || model === undefined || field.end <= at || field.start >= end) {
      yield chunk;
      return;
    }
    const { start, end: fieldEnd } = field;
    if (start > at) yield chunk.subarray(0, start - at);
    if (start >= at) yield Buffer.from(model);
    if (fieldEnd < end) yield chunk.subarray(Math.max(fieldEnd - at, 0));
  }

  /** Another reader may have taken the next bytes meanwhile, and kept them. */
  async #pullAfter(at: number, keeps: boolean): Promise<Buffer | undefined> {
    await this.#reading.catch(() => {});
    if (this.#error !== undefined) throw this.#error;
    if (at < this.#spool.size) return this.#spool.read(at);
    if (at < this.#received) throw new Error('an upload that was not kept cannot be sent again');
    return this.#pull(keeps);
  }

  #pull(keeps: boolean): Promise<Buffer | undefined> {
    const pulled = this.#reading.catch(() => {}).then(() => this.#next(keeps));
    this.#reading = pulled;
    return pulled;
  }

  async #next(keeps: boolean): Promise<Buffer | undefined> {
    if (this.#error !== undefined) throw this.#error;
    if (this.#isEnded) return undefined;
    const { value, done } = await this.#source.next();
    try {
      if (done) {
        this.#isEnded = true;
        if (this.#scanner?.isComplete === false)
          throw new UploadError(400, 'The multipart body ends before its last boundary.');
        return undefined;
      }
      if (this.#received + value.length > this.#maxBytes) throw this.#tooLarge();
      this.#scanner?.push(value);
    } catch (error) {
      if (error instanceof UploadError) this.#error = error;
      throw error;
    }
    const isKept = keeps && this.isRepeatable;
    this.#received += value.length;
    if (isKept) await this.#spool.append(value);
    return value;
  }

  #tooLarge(): UploadError {
    return new UploadError(413, `The request body is larger than ${this.#maxBytes / 1024 / 1024} MiB.`);
  }

  #openPart({ name, fileName }: PartHead, start: number): void {
    if (name !== modelField) return;
    // Servers do not agree on which of two counts: it could be another than the one that was chosen for.
    if (this.#model !== undefined) throw new UploadError(400, 'The form has the field "model" more than once.');
    if (fileName !== undefined) throw new UploadError(400, 'The field "model" of the form must be a text, not a file.');
    this.#field = { start, bytes: [], size: 0 };
  }

  #addToField(bytes: Buffer): void {
    if (this.#field === undefined) return;
    this.#field.size += bytes.length;
    if (this.#field.size > maxModelBytes) throw new UploadError(400, 'The field "model" of the form is too long.');
    this.#field.bytes.push(Buffer.from(bytes));
  }

  #closePart(end: number): void {
    if (this.#field === undefined) return;
    const { start, bytes } = this.#field;
    this.#field = undefined;
    this.#model = { name: Buffer.concat(bytes).toString(), start, end };
  }
}
