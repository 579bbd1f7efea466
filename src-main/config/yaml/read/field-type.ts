// What type each place of the config has, derived from its schema.
import { z } from 'zod';
import { configSchema } from '../../../../src-shared/config.ts';

export type Shape =
  | { readonly kind: 'boolean' | 'integer' | 'string' | 'any' }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'map'; readonly fields: Readonly<Record<string, Shape>>; readonly rest: Shape };

const any: Shape = { kind: 'any' };

/** The shape of the whole document. */
export const configShape = shapeOf(configSchema);

function shapeOf(schema: unknown): Shape {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return shapeOf(schema.unwrap());
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean' };
  if (schema instanceof z.ZodNumber) return { kind: 'integer' };
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return { kind: 'string' };
  if (schema instanceof z.ZodArray) return { kind: 'list', item: shapeOf(schema.element) };
  if (schema instanceof z.ZodRecord) return { kind: 'map', fields: {}, rest: shapeOf(schema.valueType) };
  if (!(schema instanceof z.ZodObject)) return any;
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, shapeOf(field)] as const);
  return { kind: 'map', fields: Object.fromEntries(fields), rest: any };
}

/** The shape of a field of a mapping, or of an item of a list. */
export function shapeAt(shape: Shape, key: string | number): Shape {
  if (shape.kind === 'list') return shape.item;
  if (shape.kind !== 'map') return any;
  return Object.hasOwn(shape.fields, key) ? shape.fields[key]! : shape.rest;
}
