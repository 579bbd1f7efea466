// Settings: one value each.
import { z } from 'zod';
import { type Operation, operation } from '../../operation.ts';
import { Problem } from '../../problem.ts';
import { apiSettings, meantBy, type PathsWith, type SettingsTable } from '../../settings.ts';
import { asObject, foldNames, refuseFractions } from '../../wire.ts';
import { ok } from './done.ts';

type Paths<T extends SettingsTable> = PathsWith<T, { readonly api: true }>;

export type SettingRows<T extends SettingsTable> = {
  readonly [P in Paths<T> as `${P}.get`]: Operation<z.ZodUndefined, z.ZodObject<{ value: T[P]['schema'] }>>;
} & { readonly [P in Paths<T> as `${P}.set`]: Operation<z.ZodObject<{ value: T[P]['schema'] }>, typeof ok> };

/** GET, and PUT or PATCH, of each setting that clients may set. The wire name is the last part of its path. */
export function settingRows<T extends SettingsTable>(table: T): SettingRows<T> {
  const rows: Record<string, Operation> = {};
  for (const [path, row] of apiSettings(table)) {
    const value = row.schema;
    const name = path.split('/').at(-1) as string;
    rows[`${path}.get`] = operation({
      summary: `Read ${path}`,
      input: z.undefined(),
      output: z.object({ value }),
      http: {
        method: 'GET',
        path: `/${path}`,
        encode: (output: { readonly value: unknown }) => ({ body: { [name]: output.value } }),
        wireAnswer: z.object({ [name]: value }),
      },
    });
    rows[`${path}.set`] = operation({
      summary: `Set ${path}`,
      input: z.object({ value }),
      output: ok,
      http: {
        method: ['PUT', 'PATCH'],
        path: `/${path}`,
        body: 'json-first',
        decode: ({ body, text }) => {
          const fields = foldNames(asObject(body), ['value']);
          if (value instanceof z.ZodNumberFormat) refuseFractions(text, ['value']);
          if (value instanceof z.ZodEnum && typeof fields.value === 'boolean') fields.value = String(fields.value);
          // A synonym is stored by its full name.
          const meant = meantBy(row, fields.value);
          if (meant === undefined && fields.value !== undefined) throw new Problem('invalid_value', `invalid ${name}`);
          return meant === fields.value ? fields : { ...fields, value: meant };
        },
      },
    });
  }
  // The type says per path what the loop does for all of them.
  return rows as SettingRows<T>;
}
