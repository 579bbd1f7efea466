// What all request decoders share.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../../model/dropped-fields.ts';
import { RequestError } from '../../model/errors/request-error.ts';
import { defined, numberOf } from '../../model/json.ts';
import type { Sampling, ToolChoice } from '../../model/request.ts';

export function requestBody(json: unknown): JsonObject {
  if (!isObject(json)) throw new RequestError('The request body must be a JSON object.');
  return json;
}

/** The list in a field that a request cannot do without. */
export function requiredList(body: JsonObject, field: string): readonly unknown[] {
  const value = body[field];
  if (!Array.isArray(value) || value.length === 0)
    throw new RequestError(`${field} must be a list with at least one element.`);
  return value;
}

/** The fields of a format, written in a row. */
export const fieldNames = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Notes fields that no part of the neutral request stands for. */
export function reportUnknown(body: JsonObject, known: ReadonlySet<string>, dropped: DroppedFields): void {
  for (const [field, value] of Object.entries(body))
    if (!known.has(field) && value !== null && value !== undefined)
      dropped.add('info', field, 'not carried over to another form');
}

/** Each is a call of its own upstream. */
const maxResponses = 16;

/** How many responses a client asks for at once; undefined: one. */
export function severalResponses(count: unknown, field: string, dropped: DroppedFields): number | undefined {
  if (typeof count !== 'number' || count <= 1) return undefined;
  if (Number.isInteger(count) && count <= maxResponses) return count;
  dropped.add('fatal', field, `must be a whole number of at most ${maxResponses} responses`);
  return undefined;
}

/** How tokens are picked, as the OpenAI formats say it. Penalties of 0 say nothing. */
export const openaiSampling = (body: JsonObject): Sampling =>
  defined({
    temperature: numberOf(body.temperature),
    topP: numberOf(body.top_p),
    topK: numberOf(body.top_k),
    seed: numberOf(body.seed),
    frequencyPenalty: numberOf(body.frequency_penalty) || undefined,
    presencePenalty: numberOf(body.presence_penalty) || undefined,
  });

/** The words of the OpenAI formats. */
export function wordedChoice(word: unknown): ToolChoice | undefined {
  if (word === 'auto' || word === 'none') return { kind: word };
  return word === 'required' || word === 'any' ? { kind: 'any' } : undefined;
}
