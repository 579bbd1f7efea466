// Lines that come again and again, such as those of a client that asks in a loop: counted instead of written.
import type { LogLevel } from '../lib/logger.ts';
import type { Clock } from '../lib/time/clock.ts';

/** So many alike are written within this time; the others are counted, and told at its end. */
const [windowMs, maxAlike] = [10_000, 20];
/** Kinds of lines that are followed at once. */
const maxKinds = 1_000;

export interface Line {
  readonly level: LogLevel;
  readonly source: string;
  readonly message: string;
}

interface Kind {
  readonly since: number;
  count: number;
  /** The last one that was not written. */
  last?: Line;
}

export class RepeatedLines {
  readonly #clock: Clock;
  readonly #write: (line: Line) => void;
  readonly #kinds = new Map<string, Kind>();

  /** `write` gets the lines that tell how many there were. */
  constructor(clock: Clock, write: (line: Line) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  /** Whether a line is to be written. `kind` is what it has in common with those that say the same. */
  admits(line: Line, kind: string): boolean {
    const now = this.#clock.now();
    const key = `${line.level} ${line.source} ${kind}`;
    let known = this.#kinds.get(key);
    if (known === undefined || now < known.since || now - known.since >= windowMs) {
      this.#end(key);
      known = { since: now, count: 0 };
      if (this.#kinds.size >= maxKinds) for (const [oldest] of this.#kinds.entries().take(1)) this.#end(oldest);
      this.#kinds.set(key, known);
    }
    known.count += 1;
    if (known.count <= maxAlike) return true;
    if (known.last === undefined) {
      const counted = known;
      this.#clock.after(windowMs - (now - known.since), () => {
        if (this.#kinds.get(key) === counted) this.#end(key);
      });
    }
    known.last = line;
    return false;
  }

  /** Tells all that is counted. */
  flush(): void {
    for (const key of [...this.#kinds.keys()]) this.#end(key);
  }

  #end(key: string): void {
    const kind = this.#kinds.get(key);
    this.#kinds.delete(key);
    if (kind?.last === undefined) return;
    const more = kind.count - maxAlike;
    this.#write({ ...kind.last, message: `${kind.last.message} (and ${more - 1} more like this within 10 s)` });
  }
}
