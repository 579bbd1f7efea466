// What OpenAI's services want of a JSON Schema.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../dropped-fields.ts';
import { toArgumentsSchema } from './tool-arguments.ts';
import { mapSchema } from './walk.ts';

const isType = (type: unknown, name: string): boolean => type === name || (Array.isArray(type) && type.includes(name));

/**
 * An object without `properties` and an array without `items` are rejected, strict or not ("object schema missing
 * properties", "array schema missing items").
 */
export const toOpenAiSchema = (schema: JsonObject): JsonObject =>
  mapSchema(schema, (node) => ({
    ...node,
    ...(isType(node.type, 'object') && !isObject(node.properties) ? { properties: {} } : {}),
    ...(isType(node.type, 'array') && !isObject(node.items) && !Array.isArray(node.prefixItems) ? { items: {} } : {}),
  }));

/** The arguments of a tool at OpenAI itself; other servers take choices at the top. */
export function toOpenAiToolSchema(schema: JsonObject, path: string, dropped: DroppedFields): JsonObject {
  const { not: _not, enum: _enum, ...rest } = toArgumentsSchema(schema, path, dropped);
  return toOpenAiSchema(rest);
}
