// Queries in paths: `type=="x"`, `age>=3 && name%"a*"`.
import { isDeepStrictEqual } from 'node:util';
import { isObject, parseJson } from '../../../src-shared/json.ts';
import { fitsWildcard } from './wildcard.ts';

const operators = ['==', '!=', '<=', '>=', '!%', '<', '>', '%'] as const;

interface Term {
  /** Of the item that is looked at, keys joined by dots; empty: the item itself. */
  readonly key: readonly string[];
  /** Undefined: it is there at all. */
  readonly operator: (typeof operators)[number] | undefined;
  readonly value: unknown;
}

/** One of the lists must hold, with all of its terms. */
export type Query = readonly (readonly Term[])[];

/** Undefined: it is no query. */
export function parseQuery(text: string): Query | undefined {
  const query = splitOutside(text, '||').map((part) => splitOutside(part, '&&').map(parseTerm));
  return query.flat().some((term) => term === undefined) ? undefined : (query as readonly (readonly Term[])[]);
}

/** The pieces between separators that do not stand in quotes. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') isQuoted = !isQuoted;
    else if (!isQuoted && text.startsWith(separator, at)) {
      parts.push(text.slice(start, at));
      at += separator.length - 1;
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function parseTerm(text: string): Term | undefined {
  for (let at = 0; at < text.length && text[at] !== '"'; at++) {
    const operator = operators.find((one) => text.startsWith(one, at));
    if (operator === undefined) continue;
    const written = text.slice(at + operator.length).trim();
    return { key: keysOf(text.slice(0, at)), operator, value: parseJson(written) ?? written };
  }
  const key = keysOf(text);
  return key.length === 0 ? undefined : { key, operator: undefined, value: undefined };
}

const keysOf = (text: string): readonly string[] => (text.trim() === '' ? [] : text.trim().split('.'));

export const fitsQuery = (item: unknown, query: Query): boolean =>
  query.some((terms) => terms.every((term) => fitsTerm(item, term)));

function fitsTerm(item: unknown, { key, operator, value }: Term): boolean {
  let found = item;
  for (const name of key) {
    const isThere = (isObject(found) || Array.isArray(found)) && Object.hasOwn(found, name);
    found = isThere ? (found as Readonly<Record<string, unknown>>)[name] : undefined;
  }
  if (found === undefined) return false;
  switch (operator) {
    case undefined:
      return true;
    case '==':
      return isDeepStrictEqual(found, value);
    case '!=':
      return !isDeepStrictEqual(found, value);
    case '%':
      return typeof found === 'string' && fitsWildcard(found, String(value), '?');
    case '!%':
      return typeof found === 'string' && !fitsWildcard(found, String(value), '?');
    default:
      return compared(found, value, operator);
  }
}

function compared(found: unknown, value: unknown, operator: '<' | '<=' | '>' | '>='): boolean {
  const isComparable =
    (typeof found === 'number' && typeof value === 'number') ||
    (typeof found === 'string' && typeof value === 'string');
  if (!isComparable) return false;
  const [one, other] = [found, value] as [string, string];
  if (operator === '<') return one < other;
  if (operator === '<=') return one <= other;
  return operator === '>' ? one > other : one >= other;
}
