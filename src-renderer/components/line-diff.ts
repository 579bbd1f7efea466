// Where two texts differ, line by line.
import { diffArrays } from 'diff';

/** Lines that another run of lines replaces; one of the two may be empty. Lines are counted from 0. */
export interface Hunk {
  readonly before: number;
  readonly removed: readonly string[];
  readonly after: number;
  readonly added: readonly string[];
}

/** Texts with more differing lines than this count as different throughout, so that a comparison stays quick. */
const maxEditLength = 4_000;

/** The places where the texts differ, from top to bottom. */
export function hunksOf(before: string, after: string): readonly Hunk[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const changes = diffArrays(a, b, { maxEditLength });
  if (changes === undefined) return [{ before: 0, removed: a, after: 0, added: b }];
  const hunks: Hunk[] = [];
  let atA = 0;
  let atB = 0;
  let open: { before: number; removed: string[]; after: number; added: string[] } | undefined;
  for (const { removed, added, value } of changes) {
    if (!removed && !added) {
      atA += value.length;
      atB += value.length;
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = { before: atA, removed: [], after: atB, added: [] };
      hunks.push(open);
    }
    (removed ? open.removed : open.added).push(...value);
    if (removed) atA += value.length;
    else atB += value.length;
  }
  return hunks;
}

/** How many lines differ: a line that is replaced by another counts once. */
export const countChangedLines = (before: string, after: string): number =>
  hunksOf(before, after).reduce((sum, { removed, added }) => sum + Math.max(removed.length, added.length), 0);
