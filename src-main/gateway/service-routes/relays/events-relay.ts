// Passes a stream of events on as it comes. Small events go whole, so that an error can follow them; of large ones, such
// as pictures, nothing is held.
import { MemberScanner } from '../../bytes/member-scanner.ts';
import { join, nothing, type Relayed, type ResponseRelay } from '../../formats/response-relay.ts';
import type { UpstreamError, Usage } from '../../model/events.ts';
import type { UpstreamResponse } from '../../upstream/send.ts';
import { serviceUsage, usageMembers } from '../usage.ts';
import { passedHeaders } from './response-headers.ts';

/** An event that is longer is passed on in pieces. */
const maxHeldBytes = 64 * 1024;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dataField = Buffer.from('data:');

export interface EventsRelayOptions {
  readonly response: UpstreamResponse;
  readonly contentType: string;
  readonly errorFrame: (error: UpstreamError) => string;
}

export class EventsRelay implements ResponseRelay {
  readonly contentType: string;
  /** A comment could land inside of an event that is passed on in pieces. */
  readonly keepAlive = undefined;
  readonly copies = true;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  usage: Partial<Usage> | undefined;
  readonly #errorFrame: (error: UpstreamError) => string;
  /** The beginning of an event that has not ended. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** Pieces of the current event have been passed on: nothing else can be said before it ends. */
  #isOpen = false;
  /** What the current line begins with, as far as it has come. */
  #line = '';
  #lineBytes = 0;
  #scanner: MemberScanner | undefined;

  constructor({ response, contentType, errorFrame }: EventsRelayOptions) {
    this.contentType = contentType;
    this.#errorFrame = errorFrame;
    this.status = response.status;
    this.headers = passedHeaders(response, false);
  }

  /** While an event is passed on in pieces nothing can be said beside it. */
  get tellsErrors(): boolean {
    return !this.#isOpen;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  push(chunk: Buffer): Relayed {
    let passed = 0;
    for (let at = 0; at < chunk.length; ) {
      const feed = chunk.indexOf(lineFeed, at);
      const end = feed < 0 ? chunk.length : feed + 1;
      this.#readLine(chunk.subarray(at, end));
      if (feed >= 0) {
        const isBlank = this.#lineBytes === 1 || (this.#lineBytes === 2 && chunk[feed - 1] === carriageReturn);
        this.#line = '';
        this.#lineBytes = 0;
        if (isBlank) {
          this.#endEvent();
          passed = end;
        }
      }
      at = end;
    }
    const out = passed > 0 ? [...this.#held, chunk.subarray(0, passed)] : [];
    if (passed > 0) this.#hold([]);
    const rest = chunk.subarray(passed);
    if (rest.length > 0) this.#hold([...this.#held, Buffer.from(rest)]);
    this.#isOpen = (this.#isOpen && passed === 0) || this.#heldBytes > maxHeldBytes;
    if (this.#isOpen) {
      out.push(...this.#held);
      this.#hold([]);
    }
    return { bytes: out.length === 0 ? nothing : Buffer.from(join(out)), begun: true };
  }

  end(): Relayed {
    this.#endEvent();
    const bytes = join(this.#held);
    this.#hold([]);
    return { bytes, begun: true, ended: true };
  }

  errorBytes(error: UpstreamError): Buffer {
    return Buffer.from(this.#errorFrame(error));
  }

  #hold(pieces: Buffer[]): void {
    this.#held = pieces;
    this.#heldBytes = pieces.reduce((sum, { length }) => sum + length, 0);
  }

  /** A piece of a line, up to its end at most. */
  #readLine(piece: Buffer): void {
    const before = this.#lineBytes;
    this.#lineBytes += piece.length;
    if (this.#line.length < dataField.length) this.#line += piece.toString('latin1', 0, dataField.length);
    if (!this.#line.startsWith(dataField.toString())) return;
    this.#scanner ??= new MemberScanner(usageMembers);
    this.#scanner.push(piece.subarray(Math.max(dataField.length - before, 0)));
  }

  #endEvent(): void {
    const usage = this.#scanner && serviceUsage(this.#scanner.values());
    if (usage !== undefined) this.usage = usage;
    this.#scanner = undefined;
  }
}
