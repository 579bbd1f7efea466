// Paths into JSON as rules of `payload` write them: the part of the gjson and sjson dialect that such rules need.
import { isObject, sourceJson } from '../../../src-shared/json.ts';
import { fitsQuery, parseQuery, type Query } from './query.ts';

export type Segment = { readonly key: string } | { readonly query: Query; readonly all: boolean };

/** A member of an object, or an item of a list. */
export interface Place {
  readonly container: Record<string, unknown> | unknown[];
  readonly key: string | number;
}

/**
 * `a.b`, `list.0`, `list.-1` (behind the last one), `a\.b` for a dot in a key, `list.#(type=="x").y` for the first item
 * that fits, `#(…)#` for all of them. Undefined: it is no path.
 */
export function parsePath(text: string): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  let at = 0;
  while (at <= text.length) {
    if (text.startsWith('#(', at)) {
      const end = endOfQuery(text, at + 2);
      const query = end === undefined ? undefined : parseQuery(text.slice(at + 2, end));
      if (end === undefined || query === undefined) return undefined;
      const all = text[end + 1] === '#';
      segments.push({ query, all });
      at = end + (all ? 2 : 1);
      if (at < text.length && text[at] !== '.') return undefined;
    } else {
      let key = '';
      for (; at < text.length && text[at] !== '.'; at++) {
        if (text[at] === '\\' && at + 1 < text.length) at++;
        key += text[at];
      }
      if (key === '' || key === '__proto__') return undefined;
      segments.push({ key });
    }
    if (at >= text.length) return segments;
    at++;
  }
  return undefined;
}

/** Where the parenthesis closes that was opened before `start`. */
function endOfQuery(text: string, start: number): number | undefined {
  let depth = 1;
  let isQuoted = false;
  for (let at = start; at < text.length; at++) {
    const letter = text[at];
    if (letter === '\\') at++;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === '(') depth++;
    else if (!isQuoted && letter === ')' && --depth === 0) return at;
  }
  return undefined;
}

/** What is at a path; the first of several. Undefined: nothing. */
export function valueAt(root: unknown, path: readonly Segment[]): unknown {
  const [place] = placesOf(root, path, false);
  return place && memberOf(place.container, place.key);
}

/**
 * The places that a path means. With `create` objects that are missing on the way are made; a query finds or does not,
 * it makes nothing. Empty when the path leads through something else than objects and lists.
 */
export function placesOf(root: unknown, path: readonly Segment[], create: boolean): readonly Place[] {
  const places: Place[] = [];
  walk(root, path, create, places);
  return places;
}

function walk(value: unknown, [segment, ...rest]: readonly Segment[], create: boolean, into: Place[]): void {
  if (segment === undefined || !isContainer(value)) return;
  const keys = 'query' in segment ? foundBy(segment, value) : keyIn(value, segment.key);
  for (const key of keys) {
    if (rest.length === 0) {
      into.push({ container: value, key });
      continue;
    }
    let next = memberOf(value, key);
    if ((next === undefined || next === null) && create && rest.every((one) => 'key' in one)) {
      next = {};
      setMember({ container: value, key }, next);
    }
    walk(next, rest, create, into);
  }
}

type Container = Record<string, unknown> | unknown[];

/** Numbers with many digits are kept as texts of their own, which look like objects. */
const isContainer = (value: unknown): value is Container =>
  Array.isArray(value) || (isObject(value) && !sourceJson.isRawJSON(value));

function keyIn(value: Container, key: string): readonly (string | number)[] {
  if (!Array.isArray(value)) return [key];
  const index = key === '-1' ? value.length : /^\d{1,9}$/.test(key) ? Number(key) : Number.NaN;
  return index <= value.length ? [index] : [];
}

function foundBy(
  { query, all }: { readonly query: Query; readonly all: boolean },
  value: Container,
): readonly number[] {
  if (!Array.isArray(value)) return [];
  const found = value.flatMap((item, index) => (fitsQuery(item, query) ? [index] : []));
  return all ? found : found.slice(0, 1);
}

export function memberOf(container: Container, key: string | number): unknown {
  return Object.hasOwn(container, key) ? (container as Record<string | number, unknown>)[key] : undefined;
}

export function setMember({ container, key }: Place, value: unknown): void {
  (container as Record<string | number, unknown>)[key] = value;
}

/** Items of lists go from the last to the first, so that the others keep their numbers until it is their turn. */
export function removeMembers(places: readonly Place[]): void {
  for (const { container, key } of places.toReversed()) {
    if (Array.isArray(container)) container.splice(Number(key), 1);
    else delete container[key];
  }
}
