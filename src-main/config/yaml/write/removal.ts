// What goes with an entry or item that is removed.
// biome-ignore-all lint/style/noNonNullAssertion: the caller has checked that a part before `firstKept` exists.
import { blanksBefore, isBreak, lineEnd, nextLine, skipBlanks } from '../text.ts';
import type { Region, TextRange } from './region.ts';
import type { Splice } from './splice.ts';

/** Removes the lines of `region`, with `dropsBlankLines` also the blank lines below. */
export function linesRemoval(text: string, region: Region, dropsBlankLines: boolean): Splice {
  let end = nextLine(text, region.end);
  while (dropsBlankLines && end < text.length && isBreak(text[skipBlanks(text, end)])) end = nextLine(text, end);
  return { start: region.start, end, text: '' };
}

/** `- a: 1` loses its first keys: the next one moves up to the dash. */
export function inlineHeadRemoval(text: string, parts: readonly TextRange[], firstKept: number): Splice {
  const end = parts[firstKept - 1]!.end;
  const next = parts[firstKept]!.start;
  const hasComment = text.slice(nextLine(text, end), next).includes('#');
  if (!hasComment) return { start: parts[0]!.start, end: next, text: '' };
  return { start: blanksBefore(text, parts[0]!.start), end: lineEnd(text, end), text: '' };
}
