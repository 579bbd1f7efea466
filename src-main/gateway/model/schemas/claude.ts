// What Anthropic's services take of a JSON Schema (platform.claude.com: tool use, structured outputs).
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../dropped-fields.ts';
import { mapSchema } from './walk.ts';

/** Bounds that structured outputs reject. */
const bounds = new Set(
  'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength maxItems uniqueItems minProperties maxProperties'.split(
    ' ',
  ),
);

/** The schema of a structured output: closed objects, and bounds told in words. */
export function toClaudeOutputSchema(schema: JsonObject, path: string, dropped: DroppedFields): JsonObject {
  let changed = false;
  const result = mapSchema(schema, (node) => {
    const told = Object.entries(node).filter(([keyword, value]) => isBound(keyword, value));
    const { oneOf, ...rest } = node;
    const kept = Object.fromEntries(
      Object.entries(oneOf === undefined || 'anyOf' in rest ? node : { ...rest, anyOf: oneOf }).filter(
        ([keyword, value]) => !isBound(keyword, value),
      ),
    );
    changed ||= told.length > 0;
    return {
      ...kept,
      ...(told.length === 0 ? {} : { description: inWords(node.description, told) }),
      ...(node.type === 'object' || isObject(node.properties) ? { additionalProperties: false } : {}),
    };
  });
  if (changed) dropped.add('info', path, 'bounds are told in words: structured outputs do not take them');
  return result;
}

/** A property may have the name of a bound, and its schema is no number. */
function isBound(keyword: string, value: unknown): boolean {
  if (keyword === 'minItems') return typeof value === 'number' && value > 1;
  return bounds.has(keyword) && (typeof value === 'number' || typeof value === 'boolean');
}

function inWords(description: unknown, told: readonly (readonly [string, unknown])[]): string {
  const words = `{${told.map(([keyword, value]) => `${keyword}: ${String(value)}`).join(', ')}}`;
  return typeof description === 'string' && description !== '' ? `${description}\n\n${words}` : words;
}
