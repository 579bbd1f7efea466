// Changes of JSON texts in the style of what stands around them: own lines or one line, indentation, line breaks.
import type { Node } from 'jsonc-parser';
import {
  blanksBefore,
  isBreak,
  isFirstOnLine,
  isSpace,
  lineBreakOf,
  lineStart,
  skipBlanks,
} from '../../config/yaml/text.ts';
import type { Path, Splice } from './format.ts';

const endOf = (node: Node): number => node.offset + node.length;
const insertion = (at: number, text: string): Splice => ({ start: at, end: at, text });

/** The first value of a text that has none: white space and comments stay above it. */
export function newDocument(text: string, path: Path, value: unknown): Splice {
  const whole = path.toReversed().reduce<unknown>((inner, step) => (step === 0 ? [inner] : { [step]: inner }), value);
  const lineBreak = lineBreakOf(text);
  const gap = /[^\s\ufeff]/.test(text) && !isBreak(text.at(-1)) ? lineBreak : '';
  return insertion(text.length, `${gap}${lines(whole, '  ', '', lineBreak)}${lineBreak}`);
}

export function replaceValue(text: string, root: Node, node: Node, value: unknown): Splice {
  const owner = node.parent?.type === 'property' ? node.parent : node;
  const ownLine = isFirstOnLine(text, owner.offset);
  const base = ownLine ? text.slice(lineStart(text, owner.offset), owner.offset) : '';
  const written = ownLine
    ? lines(value, unitOf(text, root), base, lineBreakOf(text))
    : inlineJson(value, isSpaced(text, owner));
  return { start: node.offset, end: endOf(node), text: written };
}

/** Adds a property or an item behind the last one of `parent`. */
export function insertMember(
  text: string,
  root: Node,
  parent: Node,
  key: string | number,
  value: unknown,
): readonly Splice[] {
  const name = (space: string) => (typeof key === 'number' ? '' : `${JSON.stringify(key)}:${space}`);
  const onLines = (base: string) => name(' ') + lines(value, unitOf(text, root), base, lineBreakOf(text));
  const onOneLine = (spaced: boolean) => name(spaced ? ' ' : '') + inlineJson(value, spaced);
  const last = parent.children?.at(-1);
  if (last === undefined) return [insertFirst(text, root, parent, onLines, onOneLine)];

  const close = endOf(parent) - 1;
  const end = endOf(last);
  const comma = nextToken(text, end);
  const hasComma = comma < close && text[comma] === ',';
  const after = hasComma ? comma + 1 : end;
  if (!isFirstOnLine(text, last.offset)) {
    const spaced = isSpaced(text, last);
    const gap = spaced ? ' ' : '';
    return [insertion(after, hasComma ? `${gap}${onOneLine(spaced)},` : `,${gap}${onOneLine(spaced)}`)];
  }
  const indent = text.slice(lineStart(text, last.offset), last.offset);
  const place = behindComments(text, after);
  const added = `${lineBreakOf(text)}${indent}${onLines(indent)}`;
  const rest = skipBlanks(text, place);
  if (hasComma) return [insertion(isBreak(text[rest]) ? rest : place, `${added},`)];
  return place === end ? [insertion(end, `,${added}`)] : [insertion(end, ','), insertion(place, added)];
}

/** Between brackets that hold nothing but white space and comments. */
function insertFirst(
  text: string,
  root: Node,
  parent: Node,
  onLines: (base: string) => string,
  onOneLine: (spaced: boolean) => string,
): Splice {
  const close = endOf(parent) - 1;
  const inner = text.slice(parent.offset + 1, close);
  const owner = parent.parent?.type === 'property' ? parent.parent : parent;
  const start = parent.offset + 1 + inner.trimEnd().length;
  const breaks = /[\r\n]/.test(inner);
  if (parent !== root && !breaks && !isFirstOnLine(text, owner.offset)) {
    const spaced = isSpaced(text, owner);
    const gap = spaced ? ' ' : '';
    return { start, end: close, text: `${gap}${onOneLine(spaced)}${gap}` };
  }
  const lineBreak = lineBreakOf(text);
  const from = lineStart(text, owner.offset);
  const base = text.slice(from, skipBlanks(text, from));
  const indent = base + unitOf(text, root);
  const added = `${lineBreak}${indent}${onLines(indent)}`;
  const tail = text.slice(start, close);
  return /[\r\n]/.test(tail) ? insertion(start, added) : { start, end: close, text: `${added}${lineBreak}${base}` };
}

/** Takes a property or an item out with one comma. Comments stay. */
export function removeMember(text: string, node: Node): readonly Splice[] {
  const siblings = node.parent?.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  const following = nextToken(text, endOf(node));
  if (text[following] === ',') return [withoutLine(text, node.offset, following + 1)];
  const own = withoutLine(text, node.offset, endOf(node));
  if (before === undefined) return [own];
  const comma = nextToken(text, endOf(before));
  if (nextToken(text, comma + 1) !== node.offset || /\S/.test(text.slice(comma + 1, node.offset)))
    return [{ start: comma, end: comma + 1, text: '' }, own];
  return [{ start: comma, end: endOf(node), text: '' }];
}

/** The range, with its line where nothing else stands on it, else with the blanks behind it. */
function withoutLine(text: string, start: number, end: number): Splice {
  const rest = skipBlanks(text, end);
  const isLast = rest === text.length || isBreak(text[rest]);
  if (!isFirstOnLine(text, start) || !isLast) return { start, end: isLast ? end : rest, text: '' };
  let from = blanksBefore(text, start);
  if (from > 0 && text[from - 1] === '\n') from -= text[from - 2] === '\r' ? 2 : 1;
  return { start: from, end: rest, text: '' };
}

/** Past white space and comments. */
function nextToken(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (isSpace(text[at])) at += 1;
    const comment = commentEnd(text, at);
    if (comment === at) return at;
    at = comment;
  }
}

/** The end of the comment at `at`; `at` where there is none. A comment of one line ends before its line break. */
function commentEnd(text: string, at: number): number {
  if (text.startsWith('//', at)) {
    let end = at;
    while (end < text.length && !isBreak(text[end])) end += 1;
    return end;
  }
  if (!text.startsWith('/*', at)) return at;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

/** Past the comments that follow on the same line. */
function behindComments(text: string, from: number): number {
  let place = from;
  for (;;) {
    const at = skipBlanks(text, place);
    const end = commentEnd(text, at);
    if (end === at || /[\r\n]/.test(text.slice(at, end))) return place;
    place = end;
  }
}

/** One step of indentation: that of the first property on a line of its own. */
function unitOf(text: string, root: Node): string {
  const first = root.children?.find(({ offset }) => isFirstOnLine(text, offset));
  const indent = first === undefined ? '' : text.slice(lineStart(text, first.offset), first.offset);
  return indent === '' ? '  ' : indent;
}

/** Whether blanks stand behind colons and commas. */
function isSpaced(text: string, node: Node): boolean {
  const property = node.type === 'property' ? node : node.children?.find(({ type }) => type === 'property');
  const colon = property?.colonOffset;
  if (colon !== undefined) return text[colon + 1] === ' ';
  return text[node.offset - 1] === ' ';
}

function lines(value: unknown, unit: string, base: string, lineBreak: string): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', lineBreak + base);
}

/** On one line, with or without a blank behind colons and commas. */
export function inlineJson(value: unknown, spaced: boolean): string {
  const comma = spaced ? ', ' : ',';
  if (Array.isArray(value)) return `[${value.map((item) => inlineJson(item, spaced)).join(comma)}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const gap = spaced ? ' ' : '';
  const fields = Object.entries(value).map(
    ([name, field]) => `${JSON.stringify(name)}:${gap}${inlineJson(field, spaced)}`,
  );
  return fields.length === 0 ? '{}' : `{${gap}${fields.join(comma)}${gap}}`;
}
