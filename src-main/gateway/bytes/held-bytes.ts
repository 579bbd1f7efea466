// What responses keep in memory until they can be passed on, or until a slow client has taken them: one budget for all.

const MiB = 1024 * 1024;

/** So much of each response is always kept: errors and ordinary responses are smaller. */
const freeBytes = 64 * 1024;
/** A response that could be passed on is kept to be checked while it is smaller, and all of them together are. */
const [maxChecked, maxAllChecked] = [4 * MiB, 8 * MiB];
/** One that has to be kept whole, such as one that is translated, and all of them together. */
const [maxWhole, maxAllWhole] = [64 * MiB, 256 * MiB];

let all = 0;

/** The share of one response. */
export class HeldBytes {
  #bytes = 0;

  /** Notes how many bytes are held, instead of as many as before. */
  set(bytes: number): void {
    const counted = Math.max(0, bytes - freeBytes);
    all += counted - this.#bytes;
    this.#bytes = counted;
  }

  /** Whether a response that can be passed on unchecked had better be. */
  get isCrowded(): boolean {
    return this.#bytes > maxChecked || (this.#bytes > 0 && all > maxAllChecked);
  }

  /** Whether one that must be kept whole is too large, or there are too many of them; undefined when it may go on. */
  get excess(): 'too-large' | 'too-many' | undefined {
    if (this.#bytes > maxWhole) return 'too-large';
    return this.#bytes > 0 && all > maxAllWhole ? 'too-many' : undefined;
  }
}
