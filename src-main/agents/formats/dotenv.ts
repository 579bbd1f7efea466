// Files of environment variables, as the package dotenv reads them.
import type { JsonObject } from '../../../src-shared/json.ts';
import { setField } from '../../config/yaml/read/read-value.ts';
import { isBreak, lineBreakOf, nextLine, skipBlanks } from '../../config/yaml/text.ts';
import { invalidAt, type Member, markLength, type Path, type TextFormat } from './format.ts';

interface Variable extends Member {
  readonly name: string;
  readonly value: string;
}

export const dotenvFormat: TextFormat = {
  acceptsMark: false,
  parse: (text) => {
    const fields: Record<string, unknown> = {};
    for (const { name, value } of variablesIn(text)) setField(fields, name, value);
    return fields as JsonObject;
  },
  member: (text, path) => (path.length === 0 ? { start: 0, valueStart: 0, end: text.length } : find(text, path)),
  set: (text, path, value) => {
    const known = find(text, path);
    const written = quoted(String(value));
    if (known !== undefined) return [{ start: known.valueStart, end: known.end, text: written }];
    const lineBreak = lineBreakOf(text);
    const gap = text.length === markLength(text) || isBreak(text.at(-1)) ? '' : lineBreak;
    return [{ start: text.length, end: text.length, text: `${gap}${String(path[0])}=${written}${lineBreak}` }];
  },
  remove: (text, path) => {
    const known = find(text, path);
    return known === undefined ? [] : [{ start: known.start, end: nextLine(text, known.end), text: '' }];
  },
};

/** The last of that name wins. */
const find = (text: string, [name]: Path): Variable | undefined =>
  variablesIn(text).findLast((variable) => variable.name === name);

function variablesIn(text: string): readonly Variable[] {
  const found: Variable[] = [];
  let at = markLength(text);
  while (at < text.length) {
    const variable = variableAt(text, at);
    if (variable !== undefined) found.push(variable);
    at = nextLine(text, variable?.end ?? at);
  }
  return found;
}

const nameLetter = /[\w.-]/;
const quotes = ['"', "'", '`'];

/** The assignment in the line that starts at `line`. A quoted value may span lines. */
function variableAt(text: string, line: number): Variable | undefined {
  const start = skipBlanks(text, line);
  let at = start;
  if (text.startsWith('export', at) && skipBlanks(text, at + 6) > at + 6) at = skipBlanks(text, at + 6);
  const nameStart = at;
  while (nameLetter.test(text[at] ?? '')) at += 1;
  const name = text.slice(nameStart, at);
  at = skipBlanks(text, at);
  if (name === '' || text[at] !== '=') return undefined;
  const valueStart = skipBlanks(text, at + 1);
  const quote = text[valueStart] ?? '';
  const close = quotes.includes(quote) ? closingQuote(text, valueStart) : -1;
  if (close > 0) {
    const inner = text.slice(valueStart + 1, close);
    const value = quote === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
    return { start, name, valueStart, end: close + 1, value };
  }
  let end = valueStart;
  while (end < text.length && !isBreak(text[end]) && text[end] !== '#') end += 1;
  while (end > valueStart && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1;
  return { start, name, valueStart, end, value: text.slice(valueStart, end) };
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && text[open] === '"') at += 1;
    else if (text[at] === text[open]) return at;
  }
  return -1;
}

/** Throws Problem `agent_file_invalid` for a value that such a file cannot hold. */
function quoted(value: string): string {
  const isPlain = /^[\w.:/@+=-]*$/.test(value);
  if (isPlain) return value;
  const quote = ["'", '"', '`'].find((one) => !value.includes(one));
  if (quote === undefined || /[\r\n\\]/.test(value)) throw invalidAt('', 0, 'a value cannot be written to this file.');
  return quote + value + quote;
}
