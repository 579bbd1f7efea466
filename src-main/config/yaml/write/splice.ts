// Changes of a text by position, applied in one pass.
import { isBreak, previousLineEnd } from '../text.ts';
import type { TextRange } from './region.ts';

export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Two changes claim the same characters: the caller has to rewrite more of the text. */
export class OverlapError extends Error {}

/**
 * Insertions at one place keep their order.
 * @param openEnd whether a last line without a line break stays the last thing in the text.
 */
export function applySplices(text: string, splices: readonly Splice[], openEnd = false): string {
  const ordered = merged(
    text,
    [...splices].sort((a, b) => a.start - b.start || a.end - b.end),
  );
  const isOpen = openEnd && text.length > 0 && !isBreak(text[text.length - 1]);
  let result = '';
  let at = 0;
  for (const splice of ordered) {
    let start = splice.start;
    // Where the last line has no line break, removing it must not leave one behind.
    if (isOpen && splice.end === text.length && splice.text === '' && start < splice.end) {
      const before = previousLineEnd(text, start);
      if (before >= at) start = before;
    }
    if (start < at) throw new OverlapError('two changes overlap');
    result += text.slice(at, start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}

/** A range of the text with the splices inside of it applied. */
export function textWith(text: string, { start, end }: TextRange, splices: readonly Splice[]): string {
  const moved = splices.map((splice) => ({ ...splice, start: splice.start - start, end: splice.end - start }));
  return applySplices(text.slice(start, end), moved);
}

/** Neighbouring removals may share blank space, and lines put below removed ones go above them. */
function merged(text: string, ordered: readonly Splice[]): Splice[] {
  const result: Splice[] = [];
  for (const splice of ordered) {
    const last = result.at(-1);
    const isInside = last !== undefined && last.text === '' && last.start < splice.start && splice.start < last.end;
    const before = last === undefined ? -1 : previousLineEnd(text, last.start);
    if (last?.text === '' && splice.text === '' && splice.start <= last.end && last.start < last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, splice.end), text: '' };
    } else if (isInside && splice.start === splice.end && isBreak(splice.text[0]) && before >= 0) {
      result.splice(-1, 0, { start: before, end: before, text: splice.text });
    } else result.push(splice);
  }
  return result;
}
