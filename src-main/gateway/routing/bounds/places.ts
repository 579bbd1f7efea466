// How many requests each entry, key and account answers at the same time, and how many it may.
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

type Bounded = Pick<Credential, 'bounds'>;

export class Places {
  readonly #taken = new Map<string, number>();
  #max = new Map<string, number>();
  readonly #onFreed: () => void;

  /** `onFreed` is told after a place was given back. */
  constructor(onFreed: () => void) {
    this.#onFreed = onFreed;
  }

  /** After a change of the config: bounds that are no longer there bind nobody. */
  reload(credentials: readonly Bounded[]): void {
    this.#max = new Map(credentials.flatMap(({ bounds }) => bounds.map(({ id, max }) => [id, max] as const)));
    this.#onFreed();
  }

  /** The bound that leaves no room, if one does. */
  fullBound({ bounds }: Bounded): Bound | undefined {
    return bounds.find(({ id, max }) => (this.#taken.get(id) ?? 0) >= (this.#max.get(id) ?? max));
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
