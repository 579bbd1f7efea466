// The lines in which two texts differ, with one line of context.

export interface ChangedLine {
  readonly sign: ' ' | '+' | '−';
  readonly number: number;
  readonly text: string;
}

/** One run of changes: an operation of the API changes one place. */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  if (before === after) return [];
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const lines = (list: readonly string[], from: number, to: number, sign: ChangedLine['sign']) =>
    list.slice(from, to).map((text, index) => ({ sign, number: from + index + 1, text }));
  return [
    ...lines(a, Math.max(0, start - 1), start, ' '),
    ...lines(a, start, endA, '−'),
    ...lines(b, start, endB, '+'),
    ...lines(b, endB, Math.min(b.length, endB + 1), ' '),
  ];
}
