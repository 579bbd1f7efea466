// Plain values: comparing them, and changing them without touching the old ones.

import { type FieldType, typeAt } from './read/field-type.ts';
import { type Fields, type Path, setField } from './read/read-value.ts';

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list or mapping with something in it. */
export function isFilled(value: unknown): value is Fields | readonly unknown[] {
  if (Array.isArray(value)) return value.length > 0;
  return isFields(value) && Object.values(value).some((field) => field !== undefined);
}

/** The order of keys does not count, and a field that is `undefined` is absent. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => deepEqual(item, b[at]));
  if (!isFields(a) || !isFields(b)) return false;
  for (const name of Object.keys(a)) if (!deepEqual(a[name], fieldOf(b, name))) return false;
  for (const name of Object.keys(b)) if (b[name] !== undefined && fieldOf(a, name) === undefined) return false;
  return true;
}

export function fieldOf(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A copy with one change; what did not change is shared with the old value. `undefined` deletes. */
export function withEdit(old: unknown, path: Path, value: unknown, type: FieldType): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return asRead(value, type);
  const inner = typeAt(type, key);
  if (typeof key === 'number' && (Array.isArray(old) || !isFields(old))) {
    const items: unknown[] = Array.isArray(old) ? [...old] : [];
    if (value === undefined && key >= items.length) return old;
    const item = withEdit(items[key], rest, value, inner);
    items.splice(key, 1, ...(item === undefined ? [] : [item]));
    return items;
  }
  if (value === undefined && !isFields(old)) return old;
  const fields: Fields = {};
  if (isFields(old)) for (const [name, field] of Object.entries(old)) setField(fields, name, field);
  const name = String(key);
  const field = withEdit(fieldOf(fields, name), rest, value, inner);
  if (field === undefined) delete fields[name];
  else setField(fields, name, field);
  return fields;
}

/** The value as it would be read back from a place of this type. */
function asRead(value: unknown, type: FieldType): unknown {
  if (value === null) return type.kind === 'any' ? null : undefined;
  if (type.kind === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, at) => asRead(item ?? null, typeAt(type, at)));
    return items.filter((item) => item !== undefined);
  }
  if (!isFields(value)) return value;
  const fields: Fields = {};
  for (const [name, field] of Object.entries(value)) {
    const read = asRead(field, typeAt(type, name));
    if (read !== undefined) setField(fields, name, read);
  }
  return fields;
}
