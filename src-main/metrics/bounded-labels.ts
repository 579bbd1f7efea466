// Keeps the number of series within bounds, whatever clients and configs name.

export const other = 'other';

/** The first names to come, at most `max`; the others share one label. */
export class BoundedNames {
  readonly #max: number;
  readonly #names = new Set<string>();

  constructor(max: number) {
    this.#max = max;
  }

  of(name: string | null | undefined): string {
    if (name === null || name === undefined || name === '') return other;
    if (!this.#names.has(name)) {
      if (this.#names.size >= this.#max) return other;
      this.#names.add(name);
    }
    return name;
  }
}
