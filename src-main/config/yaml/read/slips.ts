// Whether a word is another one misspelt.

/** Lower case, with hyphens: differences that are not letters. */
const plain = (word: string) => word.toLowerCase().replaceAll('_', '-');

/** Whether `written` differs from `meant` only by case, `_` for `-`, or one letter that is missing, added or another. */
export function isSlip(written: string, meant: string): boolean {
  // A longer word cannot be one, and need not be looked at.
  if (written === meant || Math.abs(written.length - meant.length) > 1) return false;
  const [a, b] = [plain(written), plain(meant)];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA === restB) return true;
  return restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1);
}
