// Ids of requests: UUIDs of version 7 (RFC 9562), whose order is the order of their beginnings.
import { randomFillSync } from 'node:crypto';

const format = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isRequestId = (text: string): boolean => format.test(text);

const maxSequence = 0xfff;
/** A clock that goes back further was set, and is followed. Milliseconds. */
const maxStepBackMs = 1_000;

const randomLength = 8;
/** The system is asked for the random bytes of this many ids at once: each call costs more than the id. */
const idsPerFill = 512;

/** Makes ids that rise also within one millisecond and while the clock stands or goes back a little. */
export class RequestIds {
  #ms = 0;
  #sequence = 0;
  readonly #random = Buffer.alloc(randomLength * idsPerFill);
  #used = idsPerFill;

  /** `now` in milliseconds since the epoch. */
  next(now: number): string {
    if (now > this.#ms || now < this.#ms - maxStepBackMs) {
      this.#ms = now;
      this.#sequence = 0;
    } else if (this.#sequence < maxSequence) this.#sequence += 1;
    else {
      this.#ms += 1;
      this.#sequence = 0;
    }
    const time = this.#ms.toString(16).padStart(12, '0');
    const tail = this.#tail();
    const sequence = this.#sequence.toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  }

  /** The variant and the random bytes, as hexadecimal digits. */
  #tail(): string {
    if (this.#used === idsPerFill) {
      randomFillSync(this.#random);
      this.#used = 0;
    }
    const random = this.#random.subarray(this.#used * randomLength, (this.#used + 1) * randomLength);
    this.#used += 1;
    random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
    return random.toString('hex');
  }
}

export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

export function idOfBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Milliseconds since the epoch at which the request of an id began. */
export const timeOfId = (id: string): number => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** The smallest id of a millisecond, as bytes. */
export function idBytesAt(ms: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.min(Math.max(0, Math.ceil(ms)), 0xffffffffffff), 0, 6);
  return bytes;
}
