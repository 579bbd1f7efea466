// Removes entries or items from brackets and inserts new ones.
// biome-ignore-all lint/style/noNonNullAssertion: every index comes from the list of parts, of which at least one stays.
import { columnOf, isFirstOnLine, lineBreakOf, lineEnd, lineStart, nextLine, skipTrivia } from '../text.ts';
import type { TextRange } from './region.ts';
import type { Splice } from './splice.ts';

export interface FlowChange {
  readonly parts: readonly TextRange[];
  /** Which parts go; at least one stays. */
  readonly gone: ReadonlySet<number>;
  /** New parts by the part they follow, which stays; -1 for those before all others. */
  readonly added: ReadonlyMap<number, readonly string[]>;
}

export function changeFlowParts(text: string, change: FlowChange): Splice[] {
  const isLineWise = change.parts.every(
    (part) =>
      isFirstOnLine(text, part.start) && /^\s*(,\s*)?(#.*)?$/.test(text.slice(part.end, lineEnd(text, part.end))),
  );
  return isLineWise ? changeLines(text, change) : changeInline(text, change);
}

/** What stands between two parts. */
export function separatorOf(text: string, parts: readonly TextRange[]): string {
  const last = parts[parts.length - 1]!;
  if (isFirstOnLine(text, last.start)) return `,${lineBreakOf(text)}${' '.repeat(columnOf(text, last.start))}`;
  const between = parts.length > 1 ? text.slice(parts[0]!.end, parts[1]!.start) : '';
  return /^, *$/.test(between) ? between : ', ';
}

/** One part to a line: a part goes with its line and comment, a new one gets a line of its own. */
function changeLines(text: string, { parts, gone, added }: FlowChange): Splice[] {
  const splices: Splice[] = [];
  const lineBreak = lineBreakOf(text);
  const pad = ' '.repeat(columnOf(text, parts[0]!.start));
  const lastKept = parts.findLastIndex((_, at) => !gone.has(at));
  const endsInComma = text[skipTrivia(text, parts.at(-1)!.end)] === ',';
  for (const at of gone)
    splices.push({ start: lineStart(text, parts[at]!.start), end: nextLine(text, parts[at]!.end), text: '' });
  for (const [at, texts] of added) {
    if (texts.length === 0) continue;
    if (at < 0) {
      const start = lineStart(text, parts.find((_, index) => !gone.has(index))!.start);
      splices.push({ start, end: start, text: texts.map((part) => `${pad}${part},${lineBreak}`).join('') });
      continue;
    }
    const { end } = parts[at]!;
    if (text[skipTrivia(text, end)] !== ',') splices.push({ start: end, end, text: ',' });
    const line = lineEnd(text, end);
    const comma = at < lastKept || endsInComma ? ',' : '';
    splices.push({ start: line, end: line, text: texts.map((part) => lineBreak + pad + part).join(',') + comma });
  }
  const { end } = parts[lastKept]!;
  const comma = skipTrivia(text, end);
  const needsNoComma = lastKept < parts.length - 1 && !endsInComma && (added.get(lastKept) ?? []).length === 0;
  if (needsNoComma && text[comma] === ',') splices.push({ start: comma, end: comma + 1, text: '' });
  return splices;
}

function changeInline(text: string, { parts, gone, added }: FlowChange): Splice[] {
  const splices: Splice[] = [];
  const lastKept = parts.findLastIndex((_, at) => !gone.has(at));
  const separator = separatorOf(text, parts);
  for (const at of gone) {
    if (at < lastKept) splices.push({ start: parts[at]!.start, end: parts[at + 1]!.start, text: '' });
  }
  for (const [at, texts] of added) {
    const start = at < 0 ? parts.find((_, index) => !gone.has(index))!.start : parts[at]!.end;
    const joined = texts.map((part) => (at < 0 ? part + separator : separator + part)).join('');
    if (joined !== '') splices.push({ start, end: start, text: joined });
  }
  if (lastKept < parts.length - 1) {
    const { end } = parts.at(-1)!;
    // A comment between the parts belongs to the one that stays; a trailing comma is allowed.
    const hasComment = text.slice(parts[lastKept]!.end, end).includes('#');
    splices.push({ start: hasComment ? parts[lastKept + 1]!.start : parts[lastKept]!.end, end, text: '' });
  }
  return splices;
}
