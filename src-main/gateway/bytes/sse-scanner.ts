// Cuts a stream of bytes into whole server-sent events without decoding or changing a byte of them.

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const colon = 0x3a;

/** Larger events are taken for an error of the upstream. Images in one event reach several MiB. */
export const maxEventBytes = 32 * 1024 * 1024;

/** A buffer that was needed for a larger event is not kept for the next. */
const keptBytes = 64 * 1024;
const none: Buffer = Buffer.alloc(0);

export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
}

/**
 * Pieces of the stream that end with an event's blank line. Joined they are the stream as it came. A line may end with
 * LF, CR LF or CR. An event cut over many chunks is searched once, not again with each chunk.
 */
export class SseScanner {
  /** What has come of the event that has not ended yet, at the beginning of it. */
  #held = none;
  #heldBytes = 0;
  /** Holds the event that was given out last, and the next one that comes in parts after it. */
  #spare = none;
  /** Whether no byte of the current line has come yet. */
  #lineIsEmpty = true;
  /** The last byte was a CR that ended a line: an LF now belongs to it. */
  #afterReturn = false;

  /** Bytes of the event that has not ended yet. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** The events that end in this chunk, valid until the next one is pushed. Throws `EventTooLarge`. */
  push(chunk: Buffer): readonly Buffer[] {
    const events: Buffer[] = [];
    let eventStart = 0;
    let at = 0;
    let nextReturn = chunk.indexOf(carriageReturn);
    while (at < chunk.length) {
      if (this.#afterReturn) {
        this.#afterReturn = false;
        if (chunk[at] === lineFeed) {
          at++;
          continue;
        }
      }
      if (nextReturn >= 0 && nextReturn < at) nextReturn = chunk.indexOf(carriageReturn, at);
      const nextFeed = chunk.indexOf(lineFeed, at);
      const end = nextReturn >= 0 && (nextFeed < 0 || nextReturn < nextFeed) ? nextReturn : nextFeed;
      if (end < 0) {
        this.#lineIsEmpty = false;
        break;
      }
      const isBlank = this.#lineIsEmpty && end === at;
      this.#lineIsEmpty = true;
      at = end + 1;
      if (chunk[end] === carriageReturn) {
        if (chunk[at] === lineFeed) at++;
        else this.#afterReturn = at === chunk.length;
      }
      if (!isBlank) continue;
      events.push(this.#complete(chunk.subarray(eventStart, at)));
      eventStart = at;
    }
    if (eventStart < chunk.length) this.#hold(chunk.subarray(eventStart));
    return events;
  }

  /** What came after the last complete event. */
  remainder(): Buffer {
    return this.#complete(none);
  }

  #hold(part: Buffer): void {
    const size = this.#heldBytes + part.length;
    if (size > maxEventBytes) throw new EventTooLarge('The upstream sent an event that is too large.');
    if (size > this.#held.length) {
      const larger = Buffer.allocUnsafe(Math.max(size, 2 * this.#held.length));
      this.#held.copy(larger, 0, 0, this.#heldBytes);
      this.#held = larger;
    }
    part.copy(this.#held, this.#heldBytes);
    this.#heldBytes = size;
  }

  #complete(last: Buffer): Buffer {
    if (this.#heldBytes === 0) return last;
    this.#hold(last);
    const whole = this.#held.subarray(0, this.#heldBytes);
    [this.#held, this.#spare] = [this.#spare, this.#held.length > keptBytes ? none : this.#held];
    this.#heldBytes = 0;
    return whole;
  }
}

/** The fields of one event that mean something here. */
export interface EventFields {
  /** `''` when the event is not named. */
  readonly event: string;
  /** The lines of data, joined by LF; undefined when there is none, such as in a comment. */
  readonly data: Buffer | undefined;
}

const dataName = Buffer.from('data');
const eventName = Buffer.from('event');

/** Reads one event as the scanner gave it. Data on one line is not copied. */
export function fieldsOf(bytes: Buffer): EventFields {
  let event = '';
  let data: Buffer | undefined;
  const hasReturns = bytes.includes(carriageReturn);
  for (let at = 0; at < bytes.length; ) {
    const end = lineEnd(bytes, at, hasReturns);
    if (startsWith(bytes, at, dataName)) {
      const line = fieldValue(bytes, at + dataName.length, end);
      data = data === undefined ? line : Buffer.concat([data, Buffer.from('\n'), line]);
    } else if (startsWith(bytes, at, eventName)) event = fieldValue(bytes, at + eventName.length, end).toString();
    at = end + 1;
  }
  return { event, data };
}

function lineEnd(bytes: Buffer, from: number, hasReturns: boolean): number {
  const feed = bytes.indexOf(lineFeed, from);
  const end = feed < 0 ? bytes.length : feed;
  const back = hasReturns ? bytes.indexOf(carriageReturn, from) : -1;
  return back >= 0 && back < end ? back : end;
}

function startsWith(bytes: Buffer, at: number, name: Buffer): boolean {
  for (let index = 0; index < name.length; index++) if (bytes[at + index] !== name[index]) return false;
  const after = bytes[at + name.length];
  return after === colon || after === lineFeed || after === carriageReturn || after === undefined;
}

function fieldValue(bytes: Buffer, from: number, end: number): Buffer {
  const start = bytes[from] === colon ? from + 1 : end;
  return bytes.subarray(bytes[start] === space && start < end ? start + 1 : start, end);
}
