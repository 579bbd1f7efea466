// Undoing the API's odd wire forms, so that handlers and window only ever see canonical inputs.
import { z } from 'zod';
import { isObject, type JsonObject, sourceJson } from './json.ts';
import { longList, maxListItems } from './limits.ts';
import { Problem, type ProblemCode } from './problem.ts';

/** A JSON object, or the problem that an endpoint answers for anything else. */
export function asObject(body: unknown, problem: ProblemCode = 'invalid_body'): JsonObject {
  if (!isObject(body)) throw new Problem(problem);
  return body;
}

/**
 * Renames the given fields to their documented spelling: names match in any case, the last one wins,
 * a `null` counts as absent (as CLIProxyAPI's JSON reader does). Other fields stay as they are.
 */
export function foldNames(fields: JsonObject, names: readonly string[]): Record<string, unknown> {
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

/**
 * A value as CLIProxyAPI's typed JSON reader takes it: field names match in any case at any depth, and a `null` is an
 * absent field of an object and the empty value in a list or map. What does not fit is left for the schema to reject.
 */
export function foldBy(schema: z.ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodOptional) return foldBy(schema.unwrap() as z.ZodType, value);
  if (value === null) return emptyOf(schema);
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item) => foldBy(schema.element as z.ZodType, item));
  }
  if (!isObject(value)) return value;
  const entries = schema instanceof z.ZodObject ? foldNames(value, Object.keys(schema.shape)) : value;
  const schemaOf = (key: string) =>
    schema instanceof z.ZodRecord ? schema.valueType : schema instanceof z.ZodObject ? schema.shape[key] : undefined;
  return Object.fromEntries(
    Object.entries(entries).map(([key, item]) => {
      const known = schemaOf(key) as z.ZodType | undefined;
      return [key, known ? foldBy(known, item) : item];
    }),
  );
}

function emptyOf(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodString) return '';
  if (schema instanceof z.ZodArray) return [];
  return schema instanceof z.ZodObject ? {} : null;
}

/** Assignment that keeps a key named `__proto__` an ordinary key. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}

/** The list in a PUT body: a bare array, `null` (which clears), or an object with a non-empty `items` array. */
export function listBody(body: unknown): readonly unknown[] {
  if (body === null) return [];
  const list = Array.isArray(body) ? body : foldNames(asObject(body), ['items']).items;
  if (!Array.isArray(list) || (list !== body && list.length === 0)) throw new Problem('invalid_body');
  if (list.length > maxListItems) throw new Problem('invalid_value', longList);
  return list;
}

/** A list index in a query: leading spaces, a sign, digits; whatever follows is ignored. Anything else is absent. */
export function indexParameter(value: string | undefined): number | undefined {
  const digits = /^\s*([+-]?\d+)/.exec(value ?? '')?.[1];
  return digits !== undefined && Number.isSafeInteger(Number(digits)) ? Number(digits) : undefined;
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
 * An integer must be written as one: `5.0` and `1e2` are rejected, as CLIProxyAPI's typed JSON reader does.
 * `text` is the JSON of an object, `names` are the integers among its fields, in any case.
 */
export function refuseFractions(text: string, names: readonly string[]): void {
  const fractions: [object, string][] = [];
  const root = sourceJson.parse(text, function (key, value, { source = '' }) {
    if (typeof value === 'number' && !/^-?\d+$/.test(source)) fractions.push([this, key.toLowerCase()]);
    return value;
  });
  if (fractions.some(([holder, key]) => holder === root && names.includes(key))) throw new Problem('invalid_body');
}
