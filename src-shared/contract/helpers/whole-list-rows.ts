// The rows that every list has.
import { z } from 'zod';
import { type Operation, operation } from '../../operation.ts';
import { foldBy, listBody } from '../../wire.ts';
import { ok } from './done.ts';

export type Items<V extends z.ZodType> = z.ZodObject<{ items: z.ZodArray<V> }>;

/** GET and PUT of a whole list: PUT takes an array or `{items}`. `show` makes an item as GET answers it. */
export function wholeListRows<V extends z.ZodType>(
  name: string,
  item: V,
  show: (item: z.output<V>) => unknown,
): Readonly<Record<string, Operation>> {
  const list = z.array(item);
  const items = z.object({ items: list });
  return {
    [`${name}.get`]: operation({
      summary: `List ${name}`,
      input: z.undefined(),
      output: items,
      http: {
        method: 'GET',
        path: `/${name}`,
        encode: (output: { readonly items: readonly z.output<V>[] }) => ({ body: { [name]: output.items.map(show) } }),
        wireAnswer: z.object({ [name]: list }),
      },
    }),
    [`${name}.replace`]: operation({
      summary: `Replace ${name}`,
      input: items,
      output: ok,
      http: {
        method: 'PUT',
        path: `/${name}`,
        body: 'json-list',
        decode: ({ body }) => ({ items: foldBy(list, listBody(body)) }),
        wireBody: z.union([list, items]),
      },
    }),
  };
}
