// Where the tables and pairs of a TOML text stand. The text must be valid: a real parser has read it before.
import { isBreak, lineEnd, skipBlanks, skipTrivia } from '../../config/yaml/text.ts';
import { markLength, type Path } from './format.ts';

export interface TomlPair {
  /** From the root; items of arrays of tables by their index. */
  readonly path: Path;
  readonly start: number;
  readonly valueStart: number;
  /** One past the value. */
  readonly end: number;
}

export interface TomlTable {
  readonly path: Path;
  /** The bracket of the header; where the text begins for the root table. */
  readonly start: number;
  /** One past the header. */
  readonly headerEnd: number;
  /** `[[...]]`. */
  readonly isItem: boolean;
  readonly pairs: readonly TomlPair[];
}

/** All tables in the order of the text, the root table first. */
export function scanToml(text: string): readonly TomlTable[] {
  const origin = markLength(text);
  const tables: (TomlTable & { readonly pairs: TomlPair[] })[] = [];
  /** How many items each array of tables has so far, by its path. */
  const counts = new Map<string, number>();
  const open = (path: Path, start: number, headerEnd: number, isItem: boolean) =>
    tables.push({ path, start, headerEnd, isItem, pairs: [] });
  open([], origin, origin, false);
  for (let at = skipTrivia(text, origin); at < text.length; at = skipTrivia(text, at)) {
    if (text[at] === '[') {
      const isItem = text[at + 1] === '[';
      const { names, end } = scanKey(text, at + (isItem ? 2 : 1));
      const headerEnd = end + (isItem ? 2 : 1);
      open(tablePath(counts, names, isItem), at, headerEnd, isItem);
      at = headerEnd;
    } else {
      const { names, end } = scanKey(text, at);
      const valueStart = skipBlanks(text, end + 1);
      const valueEnd = scanValue(text, valueStart);
      const table = tables.at(-1);
      table?.pairs.push({ path: [...table.path, ...names], start: at, valueStart, end: valueEnd });
      // A text that is not valid after all must not keep the scan where it is.
      at = Math.max(valueEnd, at + 1);
    }
  }
  return tables;
}

/** The path of a header: names of arrays of tables are followed by the index of their last item. */
function tablePath(counts: Map<string, number>, names: readonly string[], isItem: boolean): Path {
  let path: Path = [];
  for (const [index, name] of names.entries()) {
    path = [...path, name];
    const id = JSON.stringify(path);
    const count = counts.get(id);
    if (isItem && index === names.length - 1) {
      counts.set(id, (count ?? 0) + 1);
      path = [...path, count ?? 0];
    } else if (count !== undefined) path = [...path, count - 1];
  }
  return path;
}

/** A dotted key, and the place of what follows it: a bracket or an equals sign. */
function scanKey(text: string, from: number): { readonly names: readonly string[]; readonly end: number } {
  const names: string[] = [];
  let at = from;
  for (;;) {
    at = skipBlanks(text, at);
    const start = at;
    if (text[at] === '"' || text[at] === "'") {
      at = scanString(text, at);
      const raw = text.slice(start, at);
      names.push(raw.startsWith("'") ? raw.slice(1, -1) : unescaped(raw.slice(1, -1)));
    } else {
      while (/[\w-]/.test(text[at] ?? '')) at += 1;
      names.push(text.slice(start, at));
    }
    at = skipBlanks(text, at);
    if (text[at] !== '.') return { names, end: at };
    at += 1;
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b' };

/** A basic string's content. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|(.))/gs, (_, u, long, x, other) => {
    const code = u ?? long ?? x;
    return code === undefined ? (escapes[other] ?? other) : String.fromCodePoint(Number.parseInt(code, 16));
  });
}

/** The end of the value at `at`. */
function scanValue(text: string, at: number): number {
  const char = text[at];
  if (char === '"' || char === "'") return scanString(text, at);
  if (char === '[' || char === '{') return scanBrackets(text, at);
  let end = at;
  while (end < text.length && !isBreak(text[end]) && !',]}#'.includes(text[end] ?? '')) end += 1;
  while (end > at && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return end;
}

function scanString(text: string, at: number): number {
  const quote = text[at] ?? '';
  const fence = quote.repeat(3);
  const long = text.startsWith(fence, at);
  for (let end = at + (long ? 3 : 1); end < text.length; end += 1) {
    if (text[end] === '\\' && quote === '"') end += 1;
    else if (long ? text.startsWith(fence, end) : text[end] === quote) {
      let close = end + (long ? 3 : 1);
      // Up to two quotes may stand before the closing ones.
      for (let more = 0; long && more < 2 && text[close] === quote; more += 1) close += 1;
      return close;
    }
  }
  return text.length;
}

/** Past the bracket that closes the one at `at`. Not recursive, since values may be nested deeply. */
function scanBrackets(text: string, at: number): number {
  let depth = 0;
  let end = at;
  while (end < text.length) {
    const char = text[end];
    if (char === '"' || char === "'") end = scanString(text, end);
    else if (char === '#') end = lineEnd(text, end);
    else {
      if (char === '[' || char === '{') depth += 1;
      if (char === ']' || char === '}') depth -= 1;
      end += 1;
      if (depth === 0) return end;
    }
  }
  return end;
}

/** The pairs of the inline table at `at`. */
export function inlinePairs(text: string, { path, valueStart, end }: TomlPair): readonly TomlPair[] {
  const pairs: TomlPair[] = [];
  if (text[valueStart] !== '{') return pairs;
  let at = skipSeparators(text, valueStart + 1);
  while (at < end - 1) {
    const key = scanKey(text, at);
    const start = skipBlanks(text, key.end + 1);
    const valueEnd = scanValue(text, start);
    pairs.push({ path: [...path, ...key.names], start: at, valueStart: start, end: valueEnd });
    at = skipSeparators(text, Math.max(valueEnd, at + 1));
  }
  return pairs;
}

function skipSeparators(text: string, from: number): number {
  let at = skipTrivia(text, from);
  while (text[at] === ',') at = skipTrivia(text, at + 1);
  return at;
}
