// The lines in which two texts differ, with one line of context.
import { hunksOf } from '../../components/line-diff.ts';

export interface ChangedLine {
  readonly sign: ' ' | '+' | '−';
  readonly number: number;
  readonly text: string;
}

export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const numbered = (list: readonly string[], from: number, sign: ChangedLine['sign']) =>
    list.map((text, index) => ({ sign, number: from + index + 1, text }));
  let told = 0;
  return hunksOf(before, after).flatMap((hunk) => {
    const start = Math.max(told, hunk.before - 1);
    const end = hunk.after + hunk.added.length;
    told = hunk.before + hunk.removed.length + 1;
    return [
      ...numbered(a.slice(start, hunk.before), start, ' '),
      ...numbered(hunk.removed, hunk.before, '−'),
      ...numbered(hunk.added, hunk.after, '+'),
      ...numbered(b.slice(end, end + 1), end, ' '),
    ];
  });
}
