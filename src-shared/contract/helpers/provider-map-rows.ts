// Maps from provider to a list.
import { z } from 'zod';
import { operation } from '../../operation.ts';
import { asObject, foldBy, foldNames } from '../../wire.ts';
import { ok } from './done.ts';

/** GET, PUT, PATCH and DELETE of a map from provider to a list. */
export function providerMapRows<const N extends string, V extends z.ZodType>(
  name: N,
  field: 'models' | 'aliases',
  item: V,
) {
  const list = z.array(item);
  const map = z.record(z.string(), list);
  const wireMap = z.object({ [name]: map });
  const get = operation({
    summary: `Read ${name}`,
    input: z.undefined(),
    output: z.object({ value: map }),
    http: {
      method: 'GET',
      path: `/${name}`,
      encode: (output: { readonly value: unknown }) => ({ body: { [name]: output.value } }),
      wireAnswer: wireMap,
    },
  });
  const replace = operation({
    summary: `Replace ${name}`,
    input: z.object({ value: map }),
    output: ok,
    http: {
      method: 'PUT',
      path: `/${name}`,
      body: 'json',
      decode: ({ body }) => ({ value: body === null ? {} : foldBy(map, asObject(body)) }),
      wireBody: map,
    },
  });
  const patch = operation({
    summary: `Replace the ${field} of one provider in ${name}`,
    input: z.object({ provider: z.string().min(1), items: list }),
    output: ok,
    http: {
      method: 'PATCH',
      path: `/${name}`,
      body: 'json-first',
      decode: ({ body }) => {
        const fields = foldNames(asObject(body), ['provider', field]);
        return { provider: fields.provider, items: foldBy(list, fields[field]) };
      },
      wireBody: z.object({ provider: z.string(), [field]: list }),
    },
  });
  const remove = operation({
    summary: `Delete one provider from ${name}`,
    input: z.object({ provider: z.string() }),
    output: ok,
    http: {
      method: 'DELETE',
      path: `/${name}`,
      query: ['provider'],
      decode: ({ query }) => ({ provider: query.provider ?? '' }),
    },
  });
  return {
    [`${name}.get`]: get,
    [`${name}.replace`]: replace,
    [`${name}.patch`]: patch,
    [`${name}.remove`]: remove,
  } as { readonly [P in `${N}.get`]: typeof get } & { readonly [P in `${N}.replace`]: typeof replace } & {
    readonly [P in `${N}.patch`]: typeof patch;
  } & { readonly [P in `${N}.remove`]: typeof remove };
}
