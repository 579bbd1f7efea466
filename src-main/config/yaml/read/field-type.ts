// The type of each field of the config, derived from its schema.
import { z } from 'zod';
import { configSchema, entryWeight } from '../../../../src-shared/config.ts';

export type FieldType =
  | { readonly kind: 'boolean' | 'integer' | 'exact-integer' | 'number' | 'string' | 'any' }
  | { readonly kind: 'list'; readonly item: FieldType }
  | { readonly kind: 'map'; readonly fields: Readonly<Record<string, FieldType>>; readonly rest: FieldType };

/** Of documents that are not the config: each scalar means what the core schema says. */
export const any: FieldType = { kind: 'any' };

/** The type of the whole document. */
export const configType = typeOf(configSchema);

function typeOf(schema: unknown): FieldType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return typeOf(schema.unwrap());
  // Several spellings of one value: what counts is the value that they read as.
  if (schema instanceof z.ZodPipe) return typeOf(schema.out);
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean' };
  if (schema === entryWeight) return { kind: 'exact-integer' };
  if (schema instanceof z.ZodNumberFormat) return { kind: 'integer' };
  if (schema instanceof z.ZodNumber) return { kind: 'number' };
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return { kind: 'string' };
  if (schema instanceof z.ZodArray) return { kind: 'list', item: typeOf(schema.element) };
  if (schema instanceof z.ZodRecord) return { kind: 'map', fields: {}, rest: typeOf(schema.valueType) };
  if (!(schema instanceof z.ZodObject)) return any;
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, typeOf(field)] as const);
  return { kind: 'map', fields: Object.fromEntries(fields), rest: any };
}

/** The type of a field of a mapping, or of an item of a list. */
export function typeAt(type: FieldType, key: string | number): FieldType {
  if (type.kind === 'list') return type.item;
  if (type.kind !== 'map') return any;
  return (Object.hasOwn(type.fields, key) ? type.fields[key] : undefined) ?? type.rest;
}
