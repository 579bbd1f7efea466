// TOML, read by a real parser and edited where its pairs stand. No library was found that keeps every other byte: the
// best of them lays out lines with tabs round the equals sign afresh.
import { parse, TomlError } from 'smol-toml';
import { isObject, type JsonObject } from '../../../src-shared/json.ts';
import {
  blanksBefore,
  isBreak,
  isFirstOnLine,
  lineBreakOf,
  lineEnd,
  lineStart,
  nextLine,
  previousLineEnd,
  skipBlanks,
} from '../../config/yaml/text.ts';
import { deepEqual } from '../../config/yaml/values.ts';
import { invalidAt, type Member, markLength, type Path, type Splice, type TextFormat } from './format.ts';
import { inlinePairs, scanToml, type TomlPair, type TomlTable } from './toml-scan.ts';

export const tomlFormat: TextFormat = {
  acceptsMark: true,
  parse: parseToml,
  member: (text, path) => memberAt(text, scanToml(text), path),
  set: setMember,
  remove: removeMember,
};

/** Dates and integers that a JavaScript number cannot hold become texts. */
function parseToml(text: string): JsonObject {
  const mark = markLength(text);
  try {
    const document = parse(text.slice(mark), { integersAsBigInt: 'asNeeded' });
    return JSON.parse(JSON.stringify(document, (_, value) => (typeof value === 'bigint' ? String(value) : value)));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const offset = offsetOf(text, error.line, error.column);
    // Behind the first line it quotes the text, which may hold secrets.
    const [sentence = ''] = error.message.split('\n');
    throw invalidAt(text, offset, `this is not TOML: ${sentence.replace(/^Invalid TOML document: /, '')}.`);
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let at = 0;
  for (let number = 1; number < line; number += 1) at = nextLine(text, at);
  return Math.min(text.length, at + column - 1 + (line === 1 ? markLength(text) : 0));
}

const startsWith = (path: Path, prefix: Path): boolean =>
  path.length >= prefix.length && prefix.every((step, at) => path[at] === step);

function pairAt(text: string, tables: readonly TomlTable[], path: Path): TomlPair | undefined {
  let pairs = tables.flatMap((table) => table.pairs);
  for (;;) {
    const found = pairs.find((pair) => startsWith(path, pair.path));
    if (found === undefined || found.path.length === path.length) return found;
    pairs = [...inlinePairs(text, found)];
  }
}

function memberAt(text: string, tables: readonly TomlTable[], path: Path): Member | undefined {
  if (path.length === 0) return { start: markLength(text), valueStart: markLength(text), end: text.length };
  const pair = pairAt(text, tables, path);
  if (pair !== undefined) return pair;
  const table = tables.find((one) => deepEqual(one.path, path));
  if (table !== undefined) return { start: table.start, valueStart: table.headerEnd, end: endOfTable(table) };
  // Made by dotted keys, or by the tables in it.
  const [first] = tables.flatMap((one) => one.pairs).filter((one) => startsWith(one.path, path));
  return first ?? undefined;
}

const endOfTable = ({ pairs, headerEnd }: TomlTable): number => pairs.at(-1)?.end ?? headerEnd;

function setMember(text: string, path: Path, value: unknown): readonly Splice[] {
  const tables = scanToml(text);
  const pair = pairAt(text, tables, path);
  if (pair !== undefined) return [{ start: pair.valueStart, end: pair.end, text: tomlValue(value) }];
  const parentPath = path.slice(0, -1);
  const parent = pairAt(text, tables, parentPath);
  if (parent !== undefined && parentPath.length > 0) return insertInline(text, parent, path.at(-1), value);
  if (isObject(value)) return insertTable(text, tables, path, value);
  if (parentPath.length === 0) return [insertRootPair(text, tables[0], path, value)];
  const table = tables.find((one) => deepEqual(one.path, parentPath));
  if (table !== undefined)
    return [belowPair(text, endOfTable(table), `${tomlKey(path.slice(-1))} = ${tomlValue(value)}`)];
  return insertTable(text, tables, parentPath, { [String(path.at(-1))]: value });
}

/** Into `{ a = 1 }`, behind the last pair. */
function insertInline(
  text: string,
  parent: TomlPair,
  key: Path[number] | undefined,
  value: unknown,
): readonly Splice[] {
  if (text[parent.valueStart] !== '{') return [];
  const last = inlinePairs(text, parent).at(-1);
  const added = `${tomlKey([key ?? ''])} = ${tomlValue(value)}`;
  if (last !== undefined) return [{ start: last.end, end: last.end, text: `, ${added}` }];
  return [{ start: parent.valueStart, end: parent.end, text: `{ ${added} }` }];
}

/** Before the first table, since behind a header it would belong to that table. */
function insertRootPair(text: string, root: TomlTable | undefined, path: Path, value: unknown): Splice {
  const added = `${tomlKey(path)} = ${tomlValue(value)}`;
  const last = root?.pairs.at(-1);
  if (last !== undefined) return belowPair(text, last.end, added);
  const header = scanToml(text)[1];
  if (header === undefined) return atEnd(text, added);
  const at = aboveComments(text, lineStart(text, header.start));
  const lineBreak = lineBreakOf(text);
  return { start: at, end: at, text: `${added}${lineBreak}${lineBreak}` };
}

/** The start of the block of comments that ends where the line `at` begins. */
function aboveComments(text: string, line: number): number {
  let at = line;
  for (;;) {
    const end = previousLineEnd(text, at);
    if (end < 0) return at;
    const start = lineStart(text, end);
    if (text[skipBlanks(text, start)] !== '#') return at;
    at = start;
  }
}

/** A line of its own below the line on which a pair or a header ends. */
function belowPair(text: string, end: number, added: string): Splice {
  const at = lineEnd(text, end);
  return { start: at, end: at, text: lineBreakOf(text) + added };
}

function atEnd(text: string, added: string): Splice {
  const lineBreak = lineBreakOf(text);
  const gap = text.length === markLength(text) || isBreak(text.at(-1)) ? '' : lineBreak;
  return { start: text.length, end: text.length, text: `${gap}${added}${lineBreak}` };
}

/** A new table: as dotted keys beside its siblings where those are written so, else below everything. */
function insertTable(text: string, tables: readonly TomlTable[], path: Path, value: JsonObject): readonly Splice[] {
  const parent = path.slice(0, -1);
  const pairs = (prefix: Path) =>
    Object.entries(value).map(([name, field]) => `${tomlKey([...prefix, name])} = ${tomlValue(field)}`);
  const lineBreak = lineBreakOf(text);
  const home = tables.find((table) =>
    table.pairs.some((pair) => isDotted(table, pair, parent.length > 0 ? parent : path)),
  );
  const sibling = home?.pairs.findLast((pair) => startsWith(pair.path, parent.length > 0 ? parent : path));
  if (home !== undefined && sibling !== undefined && !home.isItem)
    return [belowPair(text, sibling.end, pairs(path.slice(home.path.length)).join(lineBreak))];
  const isBlank = text.length === markLength(text);
  const written = tableLines(path, value)
    .map((table) => table.join(lineBreak))
    .join(lineBreak + lineBreak);
  return [atEnd(text, isBlank ? written : lineBreak + written)];
}

/** The lines of a table, and of those in it, each under a header of its own. */
function tableLines(path: Path, value: JsonObject): string[][] {
  const fields = Object.entries(value);
  const plain = fields.filter(([, field]) => !isObject(field));
  const own = [`[${tomlKey(path)}]`, ...plain.map(([name, field]) => `${tomlKey([name])} = ${tomlValue(field)}`)];
  const inner = fields.flatMap(([name, field]) => (isObject(field) ? tableLines([...path, name], field) : []));
  return plain.length > 0 || inner.length === 0 ? [own, ...inner] : inner;
}

/** Whether the pair makes the table `path` by a dotted key. */
const isDotted = (table: TomlTable, pair: TomlPair, path: Path): boolean =>
  table.path.length < path.length && startsWith(pair.path, path) && pair.path.length > path.length;

function removeMember(text: string, path: Path): readonly Splice[] {
  const tables = scanToml(text);
  const pair = pairAt(text, tables, path);
  if (pair !== undefined) return [removal(text, tables, pair)];
  const inside = tables.flatMap((table) => table.pairs).filter((one) => startsWith(one.path, path));
  const headers = tables.filter((table) => table.path.length > 0 && startsWith(table.path, path));
  return [
    ...inside.map((one) => removal(text, tables, one)),
    ...headers.map((table) => wholeLine(text, table.start, table.headerEnd)),
  ];
}

function removal(text: string, tables: readonly TomlTable[], pair: TomlPair): Splice {
  const isLine = tables.some((table) => table.pairs.some((one) => one.start === pair.start));
  if (isLine) return wholeLine(text, pair.start, pair.end);
  const next = skipBlanks(text, pair.end);
  if (text[next] === ',') return { start: pair.start, end: skipBlanks(text, next + 1), text: '' };
  const before = blanksBefore(text, pair.start);
  return { start: text[before - 1] === ',' ? before - 1 : pair.start, end: pair.end, text: '' };
}

/** With its line break, unless a comment follows: that stays. */
function wholeLine(text: string, start: number, end: number): Splice {
  const rest = skipBlanks(text, end);
  const isAlone = isFirstOnLine(text, start) && (rest === text.length || isBreak(text[rest]));
  if (!isAlone) return { start, end: rest, text: '' };
  return { start: lineStart(text, start), end: nextLine(text, rest), text: '' };
}

function tomlKey(path: Path): string {
  return path.map((step) => (/^[\w-]+$/.test(String(step)) ? String(step) : tomlText(String(step)))).join('.');
}

/** JSON escapes what TOML wants escaped, except DEL, and in the same way. */
const tomlText = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007f');

function tomlValue(value: unknown): string {
  if (typeof value === 'string') return tomlText(value);
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`;
  if (!isObject(value)) return String(value);
  const fields = Object.entries(value).map(([name, field]) => `${tomlKey([name])} = ${tomlValue(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
