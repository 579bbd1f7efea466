// Texts with wildcards, case counts. The work is at most the length of the text times that of the pattern.

/** Whether a text fits a pattern: `*` for any characters, and `one`, where it is given, for exactly one. */
export function fitsWildcard(text: string, pattern: string, one?: '?'): boolean {
  let [at, of, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[of] === '*') {
      star = of++;
      mark = at;
    } else if (of < pattern.length && (pattern[of] === text[at] || (one !== undefined && pattern[of] === one))) {
      of++;
      at++;
    } else if (star >= 0) {
      of = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[of] === '*') of++;
  return of === pattern.length;
}
