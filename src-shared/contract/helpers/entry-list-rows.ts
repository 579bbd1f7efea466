// Lists of objects.
import { z } from 'zod';
import { type Operation, operation } from '../../operation.ts';
import type { ProblemCode } from '../../problem.ts';
import { asObject, foldBy, foldNames, indexParameter, nonEmpty, present, refuseFractions } from '../../wire.ts';
import { ok } from './done.ts';
import { type Items, wholeListRows } from './whole-list-rows.ts';

const entrySelector = z.object({
  index: z.int().optional(),
  'api-key': z.string().optional(),
  'base-url': z.string().optional(),
  name: z.string().optional(),
});

type EntryPatch<V extends z.ZodType> = z.ZodObject<{
  index: z.ZodOptional<z.ZodInt>;
  match: z.ZodOptional<z.ZodString>;
  value: V;
}>;

export type EntryListRows<N extends string, V extends z.ZodType> = {
  readonly [P in `${N}.get`]: Operation<z.ZodUndefined, Items<V>>;
} & { readonly [P in `${N}.replace`]: Operation<Items<V>, typeof ok> } & {
  readonly [P in `${N}.patch`]: Operation<EntryPatch<V>, typeof ok>;
} & { readonly [P in `${N}.remove`]: Operation<typeof entrySelector, typeof ok> };

/** What one list of objects answers and accepts. */
export interface EntryList<V extends z.ZodType> {
  readonly entry: V;
  /** The query and body field that names an entry on the wire: `match` or, for providers, `name`. */
  readonly selector: 'match' | 'name';
  /** An entry as GET shows it. */
  readonly show: (entry: z.output<V>) => unknown;
}

/** A list of objects: PATCH takes a selector with a value, DELETE a key, name or index. */
export function entryListRows<const N extends string, V extends z.ZodType>(
  name: N,
  list: EntryList<V>,
): EntryListRows<N, V> {
  const path = `/${name}`;
  const rows: Record<string, Operation> = {
    ...wholeListRows(name, list.entry, list.show),
    [`${name}.patch`]: operation({
      summary: `Replace, merge into or delete one of ${name}`,
      input: z.object({ index: z.int().optional(), match: z.string().optional(), value: list.entry }),
      output: ok,
      http: {
        method: 'PATCH',
        path,
        body: 'json-first',
        decode: ({ body, text }) => {
          const { index, value, ...fields } = foldNames(asObject(body), ['index', list.selector, 'value']);
          refuseFractions(text, ['index']);
          return present({ index, match: fields[list.selector], value: foldBy(list.entry, value) });
        },
        wireBody: z.object({ index: z.int().optional(), [list.selector]: z.string().optional(), value: list.entry }),
      },
    }),
    [`${name}.remove`]: operation({
      summary: `Delete from ${name}`,
      input: entrySelector,
      output: ok,
      http: {
        method: 'DELETE',
        path,
        query: list.selector === 'name' ? ['name', 'index'] : ['api-key', 'base-url', 'index'],
        decode: ({ query }) =>
          present({
            index: indexParameter(query.index),
            'api-key': nonEmpty(query['api-key']),
            'base-url': query['base-url'],
            name: nonEmpty(query.name),
          }),
      },
    }),
  };
  return rows as unknown as EntryListRows<N, V>;
}

/** The problem a DELETE without a usable selector answers. */
export const missingSelector: Readonly<Record<'match' | 'name', ProblemCode>> = {
  match: 'missing_key_or_index',
  name: 'missing_name_or_index',
};
