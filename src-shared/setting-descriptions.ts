// The table of settings without its schemas: what the window needs of it. Schemas would put zod into the page.
import { z } from 'zod';
import type { Setting, SettingSchema, SettingsTable } from './settings.ts';

/** One setting as the window shows it. */
export interface SettingDescription extends Omit<Setting, 'schema' | 'read' | 'negativeIsDefault'> {
  /** Such as `routing/strategy`. */
  readonly path: string;
  readonly kind: 'switch' | 'number' | 'choice' | 'text';
  readonly choices?: readonly string[];
  /** Of a number whose schema sets bounds. */
  readonly min?: number;
  /** Whether a number may have a fraction. */
  readonly fractions?: true;
  readonly max?: number;
}

/** The rows of a table in its order. */
export function describeSettings(table: SettingsTable): readonly SettingDescription[] {
  return Object.entries(table).map(([path, { schema, read: _read, negativeIsDefault: _, ...row }]) => ({
    path,
    ...kindOf(schema),
    ...row,
  }));
}

function kindOf(schema: SettingSchema): Pick<SettingDescription, 'kind' | 'choices' | 'min' | 'max' | 'fractions'> {
  if (schema instanceof z.ZodBoolean) return { kind: 'switch' };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', choices: schema.options.map(String) };
  if (schema instanceof z.ZodString) return { kind: 'text' };
  const { minValue, maxValue } = schema;
  return {
    kind: 'number',
    ...(!(schema instanceof z.ZodNumberFormat) && { fractions: true as const }),
    ...(minValue !== null && minValue > Number.MIN_SAFE_INTEGER && { min: minValue }),
    ...(maxValue !== null && maxValue < Number.MAX_SAFE_INTEGER && { max: maxValue }),
  };
}
