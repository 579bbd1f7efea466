// What OpenAI's services want of a JSON Schema.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import { mapSchema } from './walk.ts';

const isObjectType = (type: unknown): boolean => type === 'object' || (Array.isArray(type) && type.includes('object'));

/** An object without `properties` is rejected, strict or not ("object schema missing properties"). */
export const toOpenAiSchema = (schema: JsonObject): JsonObject =>
  mapSchema(schema, (node) =>
    isObjectType(node.type) && !isObject(node.properties) ? { ...node, properties: {} } : node,
  );
