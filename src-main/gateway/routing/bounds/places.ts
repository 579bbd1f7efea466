// How many requests each entry, key and account answers at the same time, and how many it may.
import type { Clock } from '../../../lib/time/clock.ts';
import type { Credential } from '../credential.ts';

/** One `max-concurrent`: of an entry, a key or an account. */
export interface Bound {
  /** Equal over reloads. */
  readonly id: string;
  readonly max: number;
  /** Of whom it is, in words that clients may read. */
  readonly owner: string;
}

/** The bound of a `max-concurrent`; none without one, or with 0. */
export const boundOf = (id: string, max: number | undefined, owner: string): readonly Bound[] =>
  max === undefined || max === 0 ? [] : [{ id, max, owner }];

/** Nobody says when another instance frees a bound, so it is tried again after so long. Milliseconds. */
const recheckMs = 100;

type Bounded = Pick<Credential, 'bounds'>;

export class Places {
  readonly #taken = new Map<string, number>();
  /** Bounds that requests of other instances fill, until they are tried again. */
  readonly #fullElsewhere = new Set<string>();
  #max = new Map<string, number>();
  readonly #clock: Clock;
  readonly #onFreed: () => void;

  /** `onFreed` is told after a place was given back. */
  constructor(clock: Clock, onFreed: () => void) {
    this.#clock = clock;
    this.#onFreed = onFreed;
  }

  /** Requests of other instances fill a bound. */
  markFullElsewhere(id: string): void {
    if (this.#fullElsewhere.has(id)) return;
    this.#fullElsewhere.add(id);
    this.#clock.after(recheckMs, () => {
      this.#fullElsewhere.delete(id);
      this.#onFreed();
    });
  }

  /** After a change of the config: bounds that are no longer there bind nobody. */
  reload(credentials: readonly Bounded[]): void {
    this.#max = new Map(credentials.flatMap(({ bounds }) => bounds.map(({ id, max }) => [id, max] as const)));
    this.#onFreed();
  }

  /** The bound that leaves no room, if one does. */
  fullBound({ bounds }: Bounded): Bound | undefined {
    return bounds.find(
      ({ id, max }) => this.#fullElsewhere.has(id) || (this.#taken.get(id) ?? 0) >= (this.#max.get(id) ?? max),
    );
  }

  /** Takes a place within each bound; to be given back once. */
  take({ bounds }: Bounded): () => void {
    if (bounds.length === 0) return noPlace;
    for (const { id } of bounds) this.#taken.set(id, (this.#taken.get(id) ?? 0) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      for (const { id } of bounds) {
        const left = (this.#taken.get(id) ?? 1) - 1;
        if (left > 0) this.#taken.set(id, left);
        else this.#taken.delete(id);
      }
      this.#onFreed();
    };
  }
}

const noPlace = () => {};
