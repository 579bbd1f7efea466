// JSON Schema and the dialects of it that services take.

import { isObject, type JsonObject } from '../../../src-shared/json.ts';
import type { DroppedFields } from './dropped-fields.ts';

/** Keywords of `parametersJsonSchema` and `responseJsonSchema` in Google's documentation. */
const googleKeywords = new Set(
  '$id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems minimum maximum anyOf oneOf properties additionalProperties required propertyOrdering nullable default'.split(
    ' ',
  ),
);

/** Keywords whose values are schemas by name. */
const schemaMaps = new Set(['properties', '$defs', 'definitions', 'patternProperties', 'dependentSchemas']);
/** Keywords whose values are data, not schemas. */
const dataKeywords = new Set(['enum', 'const', 'default', 'example', 'examples', 'required']);

type Rewrite = (keyword: string, value: unknown) => readonly (readonly [string, unknown])[];

/** Rewrites the keywords of a schema at every depth; names of properties are left alone. */
function rewrite(schema: unknown, change: Rewrite): unknown {
  if (Array.isArray(schema)) return schema.map((item) => rewrite(item, change));
  if (!isObject(schema)) return schema;
  const inner = (keyword: string, value: unknown): unknown => {
    if (dataKeywords.has(keyword)) return value;
    if (schemaMaps.has(keyword) && isObject(value))
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, rewrite(item, change)]));
    return rewrite(value, change);
  };
  return Object.fromEntries(
    Object.entries(schema)
      .flatMap(([keyword, value]) => change(keyword, value))
      .map(([keyword, value]) => [keyword, inner(keyword, value)]),
  );
}

/** Google's own Schema (types in capitals) in the spelling of the standard. */
export function fromGoogleSchema(schema: JsonObject): JsonObject {
  const plain: Rewrite = (keyword, value) => [
    [keyword, keyword === 'type' && typeof value === 'string' ? value.toLowerCase() : value],
  ];
  return rewrite(schema, plain) as JsonObject;
}

/** What Google's services take of a JSON Schema. A keyword they do not know is dropped, and said so. */
export function toGoogleSchema(schema: JsonObject, path: string, dropped: DroppedFields): JsonObject {
  const unknownKeywords = new Set<string>();
  const change: Rewrite = (keyword, value) => {
    if (keyword === 'const') return [['enum', [value]]];
    if (keyword === 'definitions') return [['$defs', value]];
    if (keyword === '$ref' && typeof value === 'string') return [['$ref', value.replace('#/definitions/', '#/$defs/')]];
    if (keyword === 'exclusiveMinimum' && typeof value === 'number') return [['minimum', value]];
    if (keyword === 'exclusiveMaximum' && typeof value === 'number') return [['maximum', value]];
    if (googleKeywords.has(keyword)) return [[keyword, value]];
    if (keyword !== '$schema') unknownKeywords.add(keyword);
    return [];
  };
  const result = rewrite(schema, change) as JsonObject;
  if (unknownKeywords.size > 0)
    dropped.add('info', path, `schema keywords that Gemini does not know: ${[...unknownKeywords].join(', ')}`);
  return result;
}
