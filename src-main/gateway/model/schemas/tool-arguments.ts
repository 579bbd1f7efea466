// The arguments of a tool as Anthropic and OpenAI take them ("schema must have type 'object' and not have
// 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level").
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../dropped-fields.ts';
import { joinedSchemas, resolveReference } from './walk.ts';

const choices = ['anyOf', 'oneOf', 'allOf'] as const;

/**
 * An object whose top level is no choice between schemas and no reference. The properties of all choices are offered,
 * none of them required.
 */
export function toArgumentsSchema(schema: JsonObject, path: string, dropped: DroppedFields): JsonObject {
  const target = resolveReference(schema, schema.$ref);
  const { $ref: _, ...plain } = schema;
  let result: JsonObject = target ? joinedSchemas(plain, target) : schema;
  const used = choices.filter((choice) => Array.isArray(result[choice]));
  for (const choice of used) {
    const { [choice]: branches, ...rest } = result;
    result = rest;
    for (const branch of (branches as readonly unknown[]).filter(isObject)) {
      const resolved = resolveReference(schema, branch.$ref) ?? branch;
      const required = choice === 'allOf' ? resolved.required : undefined;
      result = joinedSchemas(
        result,
        required === undefined ? { properties: resolved.properties } : { properties: resolved.properties, required },
      );
    }
  }
  if (used.length > 0)
    dropped.add('info', path, `${used.join(', ')} at the top level is not taken; the properties of all are offered`);
  const { type: _type, ...members } = result;
  return { type: 'object', properties: {}, ...members };
}
