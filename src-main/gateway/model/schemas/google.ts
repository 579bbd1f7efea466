// JSON Schema and the dialects of it at Google.

import { isObject, type JsonObject } from '../../../../src-shared/json.ts';
import type { DroppedFields } from '../dropped-fields.ts';
import { joinedSchemas, mapInner, mapSchema, resolveReference } from './walk.ts';

/** Keywords of `parametersJsonSchema` and `responseJsonSchema` in Google's documentation. */
const googleKeywords = new Set(
  '$id $defs $ref $anchor type format title description enum items prefixItems minItems maxItems minimum maximum anyOf oneOf properties additionalProperties required propertyOrdering nullable default'.split(
    ' ',
  ),
);

/** Numbers that Google's JSON writes as texts (int64). */
const countKeywords = new Set(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']);

/** Google's own Schema (types in capitals, counts as texts) in the spelling of the standard. */
export const fromGoogleSchema = (schema: JsonObject): JsonObject =>
  mapSchema(schema, (node) =>
    Object.fromEntries(
      Object.entries(node).map(([keyword, value]) => {
        if (typeof value !== 'string') return [keyword, value];
        if (keyword === 'type') return [keyword, value.toLowerCase()];
        return [keyword, countKeywords.has(keyword) && /^\d{1,15}$/.test(value) ? Number(value) : value];
      }),
    ),
  );

/** Schemas put in place of references to them, in one schema; what refers to itself would have no end. */
const maxInlined = 200;

/** What Google's services take of a JSON Schema. A keyword they do not know is dropped, and said so. */
export function toGoogleSchema(schema: JsonObject, path: string, dropped: DroppedFields): JsonObject {
  const unknownKeywords = new Set<string>();
  let inlined = 0;

  /** `open`: references on the way here. */
  const write = (given: JsonObject, open: readonly string[]): JsonObject => {
    const [node, within] = flat(given, open);
    const known = Object.entries(node).flatMap(([keyword, value]) => keywords(keyword, value));
    return mapInner(Object.fromEntries(known), (inner) => write(inner, within));
  };

  /** Without `allOf`, and without members beside a reference, neither of which is taken. */
  const flat = (given: JsonObject, open: readonly string[]): readonly [JsonObject, readonly string[]] => {
    let node = given;
    let within = open;
    if (Array.isArray(node.allOf)) {
      const { allOf, ...rest } = node;
      node = rest;
      for (const part of (allOf as readonly unknown[]).filter(isObject)) {
        const [inner, opened] = flat(part.$ref === undefined ? part : { ...part, title: part.title }, within);
        within = opened;
        node = joinedSchemas(node, inner);
      }
    }
    const { $ref: reference, ...beside } = node;
    if (typeof reference !== 'string' || Object.keys(beside).every((keyword) => keyword.startsWith('$')))
      return [node, within];
    const target = resolveReference(schema, reference);
    if (target === undefined || within.includes(reference) || inlined >= maxInlined) {
      unknownKeywords.add('members beside $ref');
      return [{ $ref: reference }, within];
    }
    inlined += 1;
    const [inner, opened] = flat(target, [...within, reference]);
    return [joinedSchemas(defined(beside), inner), opened];
  };

  const keywords = (keyword: string, value: unknown): readonly (readonly [string, unknown])[] => {
    if (keyword === 'const') return [['enum', [value]]];
    if (keyword === 'definitions') return [['$defs', value]];
    if (keyword === '$ref' && typeof value === 'string') return [['$ref', value.replace('#/definitions/', '#/$defs/')]];
    if (keyword === 'exclusiveMinimum' && typeof value === 'number') return [['minimum', value]];
    if (keyword === 'exclusiveMaximum' && typeof value === 'number') return [['maximum', value]];
    if (googleKeywords.has(keyword)) return [[keyword, value]];
    if (keyword !== '$schema') unknownKeywords.add(keyword);
    return [];
  };

  const result = write(schema, []);
  if (unknownKeywords.size > 0)
    dropped.add('info', path, `schema keywords that Gemini does not know: ${[...unknownKeywords].join(', ')}`);
  return result;
}

const defined = (node: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined));
