// JSON Schemas as trees: which of their members are schemas, and how to change each of them.
import { isObject, type JsonObject } from '../../../../src-shared/json.ts';

/** Keywords whose values are schemas by name. */
const schemaMaps = new Set(['properties', '$defs', 'definitions', 'patternProperties', 'dependentSchemas']);
/** Keywords whose values are data, not schemas. */
const dataKeywords = new Set(['enum', 'const', 'default', 'example', 'examples', 'required']);

/** The members of a schema with `change` made to each schema in them; names of properties are left alone. */
export function mapInner(schema: JsonObject, change: (inner: JsonObject) => JsonObject): JsonObject {
  const value = (item: unknown): unknown =>
    Array.isArray(item) ? item.map(value) : isObject(item) ? change(item) : item;
  const named = (map: JsonObject) => Object.fromEntries(Object.entries(map).map(([name, item]) => [name, value(item)]));
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, item]) => {
      if (dataKeywords.has(keyword)) return [keyword, item];
      return [keyword, schemaMaps.has(keyword) && isObject(item) ? named(item) : value(item)];
    }),
  );
}

/** Every schema of the tree changed, the inner ones first. */
export const mapSchema = (schema: JsonObject, change: (node: JsonObject) => JsonObject): JsonObject =>
  change(mapInner(schema, (inner) => mapSchema(inner, change)));

/** What a reference inside of the same document points to; undefined when it points nowhere. */
export function resolveReference(root: JsonObject, reference: unknown): JsonObject | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  let value: unknown = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return isObject(value) ? value : undefined;
}

/** One schema that asks for what both ask for, as far as one schema can. The first wins where they differ. */
export function joinedSchemas(one: JsonObject, other: JsonObject): JsonObject {
  const required = [...listOf(one.required), ...listOf(other.required)];
  const properties = { ...objectOrNone(other.properties), ...objectOrNone(one.properties) };
  return {
    ...other,
    ...one,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
  };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const objectOrNone = (value: unknown): JsonObject => (isObject(value) ? value : {});
