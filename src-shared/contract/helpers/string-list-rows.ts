// Lists of strings.
import { z } from 'zod';
import { type Operation, operation } from '../../operation.ts';
import { asObject, foldNames, indexParameter, present, refuseFractions } from '../../wire.ts';
import { ok } from './done.ts';
import { type Items, wholeListRows } from './whole-list-rows.ts';

const stringPatch = z.object({
  index: z.int().optional(),
  value: z.string().optional(),
  old: z.string().optional(),
  new: z.string().optional(),
});
const stringSelector = z.object({ index: z.int().optional(), value: z.string().optional() });

export type StringListRows<N extends string> = {
  readonly [P in `${N}.get`]: Operation<z.ZodUndefined, Items<z.ZodString>>;
} & { readonly [P in `${N}.replace`]: Operation<Items<z.ZodString>, typeof ok> } & {
  readonly [P in `${N}.patch`]: Operation<typeof stringPatch, typeof ok>;
} & { readonly [P in `${N}.remove`]: Operation<typeof stringSelector, typeof ok> };

/** A list of strings: PATCH takes old/new or index/value, DELETE ?value= or ?index=. */
export function stringListRows<const N extends string>(name: N): StringListRows<N> {
  const path = `/${name}`;
  const rows: Record<string, Operation> = {
    ...wholeListRows(name, z.string(), (item) => item),
    [`${name}.patch`]: operation({
      summary: `Change or add one of ${name}`,
      input: stringPatch,
      output: ok,
      http: {
        method: 'PATCH',
        path,
        body: 'json-first',
        decode: ({ body, text }) => {
          if (body === null) return {};
          const fields = foldNames(asObject(body), ['index', 'value', 'old', 'new']);
          refuseFractions(text, ['index']);
          return fields;
        },
      },
    }),
    [`${name}.remove`]: operation({
      summary: `Delete from ${name}`,
      input: stringSelector,
      output: ok,
      http: {
        method: 'DELETE',
        path,
        query: ['index', 'value'],
        decode: ({ query }) => present({ index: indexParameter(query.index), value: query.value }),
      },
    }),
  };
  return rows as unknown as StringListRows<N>;
}
