// Undoing the API's odd wire forms, so that handlers and window only ever see canonical inputs.
import { Problem, type ProblemCode } from './problem.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A JSON object, or the problem that an endpoint answers for anything else. */
export function asObject(body: unknown, problem: ProblemCode = 'invalid_body'): Fields {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new Problem(problem);
  return body as Fields;
}

/**
 * Renames the given fields to their documented spelling: names match in any case, the last one wins,
 * a `null` counts as absent (as the original server's JSON reader does). Other fields stay as they are.
 */
export function foldNames(fields: Fields, names: readonly string[]): Record<string, unknown> {
  const canonical = new Map(names.map((name) => [name.toLowerCase(), name]));
  const folded: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const name = canonical.get(key.toLowerCase());
    if (name === undefined) define(folded, key, value);
    else if (value === null) delete folded[name];
    else folded[name] = value;
  }
  return folded;
}

/** Assignment that keeps a key named `__proto__` an ordinary key. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/**
 * The list in a PUT body: a bare array, `null` (which clears), or an object with a non-empty `items` array.
 * Elements that are `null` become `empty`.
 */
export function listBody(body: unknown, empty: unknown): readonly unknown[] {
  if (body === null) return [];
  const list = Array.isArray(body) ? body : foldNames(asObject(body), ['items']).items;
  if (!Array.isArray(list) || (list !== body && list.length === 0)) throw new Problem('invalid_body');
  return list.map((item) => (item === null ? empty : item));
}

/** A list index in a query: leading spaces, a sign, digits; whatever follows is ignored. Anything else is absent. */
export function indexParameter(value: string | undefined): number | undefined {
  const digits = /^\s*([+-]?\d+)/.exec(value ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** An empty query value counts as absent. */
export function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** Drops absent values, so that optional fields stay absent under strict optional types. */
export function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/**
 * An integer must be written as one: `5.0` and `1e2` are refused, as the original's typed JSON reader does.
 * `value` is the number that was read from `text`.
 */
export function refuseFractions(text: string, value: number): void {
  const literals = text.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? [];
  const written = literals.filter((literal) => Number(literal) === value);
  if (written.length > 0 && !written.some((literal) => /^-?\d+$/.test(literal))) throw new Problem('invalid_body');
}
