// JSON as text: what is wrong with it, and one field of it as far as the text can be read.
import { isObject, type JsonObject, maxNesting, sourceJson } from '../../src-shared/json.ts';

/** The JSON object in `text`, or what is wrong with it. The sentence never quotes the text, which may hold secrets. */
export function parseObject(text: string): { readonly fields: JsonObject } | { readonly error: string } {
  if (text.trim() === '') return { error: 'the file is empty' };
  if (isNestedBeyond(text, maxNesting)) return { error: `more than ${maxNesting} levels of lists and objects` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { error: syntaxError((error as Error).message) };
  }
  if (!isObject(value)) {
    const kind = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a ${typeof value}`;
    return { error: `a JSON object is needed, this is ${kind}` };
  }
  return { fields: value };
}

/**
 * The object in a text that {@link parseObject} accepts, to be changed and written back with `JSON.stringify`: whole
 * numbers too large for JavaScript, such as ids, keep the digits of the text.
 */
export function parseForRewrite(text: string): Record<string, unknown> {
  const revive = (_key: string, value: unknown, { source }: { readonly source?: string }) =>
    Number.isInteger(value) && !Number.isSafeInteger(value) && source !== undefined
      ? sourceJson.rawJSON(source)
      : value;
  return sourceJson.parse(withoutMark(text), revive) as Record<string, unknown>;
}

/**
 * Whether lists and objects are nested deeper than `max`. Deep values exhaust the stack of whoever walks them, such as
 * `JSON.stringify`.
 */
export function isNestedBeyond(text: string, max: number): boolean {
  if (text.length <= max) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      if (at < 0) return false;
    } else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > max) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

/** Whether a list in the text has more than `max` items. Reads no further than it must. */
export function hasListBeyond(text: string, max: number): boolean {
  /** Of each list and object that is open: how many commas may come. */
  const left: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      if (at < 0) return false;
    } else if (char === '{' || char === '[') {
      if (left.length > maxNesting) return false;
      left.push(char === '[' ? max : Infinity);
    } else if (char === '}' || char === ']') left.pop();
    else if (char === ',') {
      const commas = (left.pop() ?? Infinity) - 1;
      if (commas === 0) return true;
      left.push(commas);
    }
  }
  return false;
}

/** Where the string that opens at `start` closes; -1 when it does not. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

function syntaxError(message: string): string {
  if (message.includes('end of JSON input')) return 'the JSON text ends too early';
  const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(message) ?? [];
  return line === undefined ? 'this is not JSON text' : `this is not JSON text at line ${line}, column ${column}`;
}

/** Some editors begin files with a byte order mark, which is not JSON. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

const token = /\s*(?:"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/sy;

/**
 * A field of the outermost object as text: the value of a string; numbers, booleans, objects and lists as they are
 * written; `''` for null and for a missing field. Text that is cut short still gives the fields before the cut.
 */
export function fieldText(text: string, name: string): string {
  token.lastIndex = text.length - withoutMark(text).length;
  const next = () => token.exec(text)?.[0].trim();
  if (next() !== '{') return '';
  for (;;) {
    const key = next();
    if (!key?.startsWith('"') || next() !== ':') return '';
    const start = token.lastIndex;
    let depth = 0;
    do {
      const part = next();
      if (part === undefined) return '';
      if (part === '{' || part === '[') depth += 1;
      if (part === '}' || part === ']') depth -= 1;
    } while (depth > 0);
    if (unquote(key) === name) return render(text.slice(start, token.lastIndex).trim());
    if (next() !== ',') return '';
  }
}

function render(value: string): string {
  if (value === 'null' || /^[}\],:]/.test(value)) return '';
  return value.startsWith('"') ? unquote(value) : value;
}

function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
