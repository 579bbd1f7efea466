// Which of the models here was probably meant by a name that nobody offers.

export interface KnownModel {
  readonly name: string;
  /** Who offers it, for people. */
  readonly by: string;
  /** How often the client's key asked for it, as far as its requests are loaded. */
  readonly uses: number;
}

const maxNames = 2_000;
const maxLength = 64;
const shown = 3;
/** A model of the same family, or one that the client uses, may be this many letters further away. */
const familyLead = 2;
const useLead = 1;

/** The nearest three: by spelling, then family, then what this key asks for. */
export function likelyModels(asked: string, known: readonly KnownModel[]): readonly KnownModel[] {
  const wanted = asked.toLowerCase().slice(0, maxLength);
  return known
    .slice(0, maxNames)
    .map((model) => {
      const name = model.name.toLowerCase().slice(0, maxLength);
      const lead = (familyOf(name) === familyOf(wanted) ? familyLead : 0) + (model.uses > 0 ? useLead : 0);
      return { model, distance: editDistance(wanted, name) - lead };
    })
    .sort((one, other) => one.distance - other.distance || other.model.uses - one.model.uses)
    .slice(0, shown)
    .map(({ model }) => model);
}

/** `qwen` of `qwen3-coder-plus`. */
const familyOf = (name: string): string => /^[a-z]*/.exec(name)?.[0] ?? '';

/** Letters to add, remove, replace or swap with their neighbour (optimal string alignment). */
export function editDistance(one: string, other: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = row > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      next.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = last;
    last = next;
  }
  return last[other.length] ?? 0;
}
