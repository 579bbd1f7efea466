// Google's services take field names in both spellings; the SDKs write camelCase, the documentation's curl snake_case.
import type { JsonObject } from '../../../../src-shared/json.ts';

/** Made once: every chunk of a stream asks for the same few names. */
const snakeNames = new Map<string, string>();

function snake(name: string): string {
  const known = snakeNames.get(name) ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  snakeNames.set(name, known);
  return known;
}

/** A field by its camelCase name, whichever way it is spelled. */
export const field = (object: JsonObject, name: string): unknown => object[name] ?? object[snake(name)];

/** The names in both spellings. */
export const bothSpellings = (names: string): ReadonlySet<string> =>
  new Set(names.split(' ').flatMap((name) => [name, snake(name)]));
