// JSON whose form nobody has promised, and the source text of its numbers.

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `undefined` when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Sixteen digits in a row may be an integer that a JavaScript number cannot hold. */
const longNumber = /\d{16}/;

/**
 * As `JSON.parse`, but integers beyond 2^53 become values that `JSON.stringify` writes as they were read: ids in
 * arguments of tools. Throws `SyntaxError`.
 */
export function parseExactly(text: string): unknown {
  if (!longNumber.test(text) || typeof sourceJson.rawJSON !== 'function') return JSON.parse(text);
  return sourceJson.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '')
      ? sourceJson.rawJSON(source ?? '')
      : value,
  );
}

/** The part of the language's JSON that its type library does not have yet. */
interface SourceJson {
  parse(
    text: string,
    revive: (this: object, key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(source: string): unknown;
  isRawJSON(value: unknown): boolean;
}

/** `JSON` with access to the text that a value was read from, and values that are written as such a text. */
export const sourceJson = JSON as unknown as SourceJson;

/** Levels of lists and objects in JSON that is taken from outside. */
export const maxNesting = 100;
