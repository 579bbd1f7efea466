// Reading JSON whose shape nobody has promised.
import { isObject, type JsonObject, parseExactly } from '../../../src-shared/json.ts';
import { isNestedBeyond } from '../../lib/json-text.ts';

/** Levels of lists and objects in what is translated: whoever walks a value needs some stack for each of them. */
export const maxTranslatedNesting = 500;

/** `undefined` when the text is no JSON, or is nested too deep to be walked. Large integers keep their digits, as `parseExactly` says. */
export function parseExact(text: string): unknown {
  if (isNestedBeyond(text, maxTranslatedNesting)) return undefined;
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
}

const noMembers: JsonObject = Object.freeze({});
const noObjects: readonly JsonObject[] = Object.freeze([]);

/** The value as an object; an empty one when it is something else. */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : noMembers);

/** The objects of a list; other things in it are left out. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return noObjects;
  return value.every(isObject) ? value : value.filter(isObject);
}

export const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const booleanOf = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

export const stringsOf = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

/** The same object without its undefined fields, typed so that they may be left out. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** The arguments of a call as an object. Text that is none is kept in a field of one. */
export function argumentsOf(args: string): JsonObject {
  const value = args.trim() === '' ? {} : parseExact(args);
  return isObject(value) ? value : { input: args };
}

/** The arguments of a call as the text of a JSON object; text that is one stays as it is. */
export const argumentsText = (args: string): string =>
  isObject(parseExact(args)) ? args : JSON.stringify(argumentsOf(args));
