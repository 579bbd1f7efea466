// Google's services take field names in both spellings; the SDKs write camelCase, the documentation's curl snake_case.
import type { JsonObject } from '../../ir/json.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A field by its camelCase name, whichever way it is spelled. */
export const field = (object: JsonObject, name: string): unknown => object[name] ?? object[snake(name)];

/** The names in both spellings. */
export const bothSpellings = (names: string): ReadonlySet<string> =>
  new Set(names.split(' ').flatMap((name) => [name, snake(name)]));
