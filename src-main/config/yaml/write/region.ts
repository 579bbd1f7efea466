// Which lines belong to an entry of a block mapping or an item of a block sequence.
// biome-ignore-all lint/style/noNonNullAssertion: starts and parts are parallel lists.
import { columnOf, isFirstOnLine, lineEnd, lineStart, nextLine, previousLineEnd, skipBlanks } from '../text.ts';

export interface Region {
  /** The start of the first line, attached comments above included. */
  readonly start: number;
  /** The end of the last line, before its line break. */
  readonly end: number;
}

export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The lines of each part. `parts` are the entries or items of one block collection, each first on its line. */
export function regionsOf(text: string, parts: readonly TextRange[]): Region[] {
  const starts = parts.map((part) => commentsAbove(text, part.start));
  // A comment above the first part is a heading of the whole, unless other parts have comments of their own.
  const heading =
    parts.length > 1 && !starts.slice(1).some((start, at) => start < lineStart(text, parts[at + 1]!.start));
  return parts.map((part, at) => ({
    start: at === 0 && heading ? lineStart(text, part.start) : starts[at]!,
    end: commentsBelow(text, part.end, columnOf(text, part.start) + 1),
  }));
}

/** The start of the comment block directly above, at the same indentation. */
function commentsAbove(text: string, at: number): number {
  const column = columnOf(text, at);
  let start = lineStart(text, at);
  for (;;) {
    const end = previousLineEnd(text, start);
    if (end < 0) return start;
    const above = lineStart(text, end);
    const mark = skipBlanks(text, above);
    if (text[mark] !== '#' || mark - above !== column) return start;
    // A setting that is commented out stays when its neighbour goes.
    if (/^#\s*[\w-]+:(\s|$)|^#\s*- /.test(text.slice(mark, end))) return start;
    start = above;
  }
}

/** The end of the last comment line that directly follows `at` and is indented by at least `column`. */
export function commentsBelow(text: string, at: number, column: number): number {
  let end = lineEnd(text, at);
  for (;;) {
    const below = nextLine(text, end);
    if (below >= text.length || below === end) return end;
    const mark = skipBlanks(text, below);
    if (text[mark] !== '#' || mark - below < column) return end;
    end = lineEnd(text, mark);
  }
}

export function areOnOwnLines(text: string, parts: readonly TextRange[]): boolean {
  return parts.every((part) => isFirstOnLine(text, part.start));
}
