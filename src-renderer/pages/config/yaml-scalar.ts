// Reads and changes single values in YAML text, so that a form and a text are two views of one document.
// Only plain block documents are understood; anything else is left to the text view and the server's own parser.

interface Place {
  /** Where the value begins and ends; empty for a key without one. */
  readonly from: number;
  readonly to: number;
  readonly indent: number;
  /** Start and end of the key's line. */
  readonly line: number;
  readonly end: number;
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The key's line between two offsets at an indentation; `undefined` where it does not stand there in this form. */
function find(text: string, key: string, from: number, to: number, indent: number | undefined): Place | undefined {
  const pattern = new RegExp(
    `^([ ]*)(?:${escaped(key)}|"${escaped(key)}"|'${escaped(key)}')[ ]*:(?=[ \\r\\n]|$)[ ]*`,
    'gm',
  );
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null && match.index < to; match = pattern.exec(text)) {
    const depth = (match[1] as string).length;
    if (indent !== undefined ? depth !== indent : depth === 0) continue;
    const start = match.index + match[0].length;
    const newline = text.indexOf('\n', match.index);
    const end = newline < 0 ? text.length : newline;
    const rest = text.slice(Math.min(start, end), end).replace(/\r$/, '');
    return { from: start, to: start + valueLength(rest), indent: depth, line: match.index, end };
  }
  return undefined;
}

/** How much of the rest of a line is the value: up to a comment, quotes respected. */
function valueLength(rest: string): number {
  const quoted = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(rest);
  if (quoted) return quoted[0].length;
  if (rest.startsWith('#')) return 0;
  const comment = rest.search(/\s#/);
  return (comment < 0 ? rest : rest.slice(0, comment)).trimEnd().length;
}

/** Where a block that begins with this line ends: at the next line that is not deeper. */
function blockEnd(text: string, { end, indent }: Place): number {
  let at = end + 1;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const stop = newline < 0 ? text.length : newline;
    const line = text.slice(at, stop);
    const depth = line.search(/[^ \r]/);
    if (depth >= 0 && depth <= indent && line[depth] !== '#') break;
    at = stop + 1;
  }
  return Math.min(at, text.length);
}

function placeOf(text: string, path: string): Place | undefined {
  const [key = '', child] = path.split('/');
  const place = find(text, key, 0, text.length, 0);
  if (place === undefined || child === undefined) return place;
  return find(text, child, place.end, blockEnd(text, place), undefined);
}

/** The value as it is written, without quotes; undefined when the key is absent. */
export function readScalar(text: string, path: string): string | undefined {
  const place = placeOf(text, path);
  if (place === undefined) return undefined;
  const raw = text.slice(place.from, place.to);
  if (raw.startsWith('"')) {
    try {
      return JSON.parse(raw) as string;
    } catch {
      return raw.slice(1, -1);
    }
  }
  return raw.startsWith("'") ? raw.slice(1, -1).replaceAll("''", "'") : raw;
}

/** The text with the value replaced, or the key added where it belongs. Every other character stays. */
export function writeScalar(text: string, path: string, value: string | number | boolean): string {
  const written = typeof value === 'string' ? quoted(value) : String(value);
  const place = placeOf(text, path);
  if (place !== undefined) {
    const gap = /[ \n]/.test(text[place.from - 1] ?? '') ? '' : ' ';
    return text.slice(0, place.from) + gap + written + text.slice(place.to);
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const [key = '', child] = path.split('/');
  const parent = child === undefined ? undefined : find(text, key, 0, text.length, 0);
  if (parent !== undefined) {
    const at = Math.min(parent.end + 1, text.length);
    const before = text.slice(0, at);
    return `${before}${before.endsWith('\n') ? '' : newline}  ${child}: ${written}${newline}${text.slice(at)}`;
  }
  const before = text === '' || text.endsWith('\n') ? text : text + newline;
  return child === undefined
    ? `${before}${key}: ${written}${newline}`
    : `${before}${key}:${newline}  ${child}: ${written}${newline}`;
}

/** Plain where YAML reads the same string back, else in double quotes. */
function quoted(value: string): string {
  const plain =
    // A dot may begin a number, as in .5 and .inf; the dots of a path begin none.
    /^(?:[A-Za-z~/]|\.\.?\/)[\w~/.:@%+-]*$/.test(value) &&
    !value.endsWith(':') &&
    !/^(true|false|yes|no|on|off|null|~)$/i.test(value);
  return plain ? value : JSON.stringify(value);
}

/** Top-level keys with their lines, counted from 1. */
export function outlineOf(text: string): readonly (readonly [string, number])[] {
  return text.split('\n').flatMap((line, index) => {
    const key = /^["']?([\w-]+)["']?[ ]*:(?:[ \r]|$)/.exec(line)?.[1];
    return key === undefined ? [] : [[key, index + 1] as const];
  });
}
