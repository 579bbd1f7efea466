// Maps from provider to a list.
import { z } from 'zod';
import { isObject } from '../../json.ts';
import { operation } from '../../operation.ts';
import { Problem } from '../../problem.ts';
import { asObject, foldBy, foldNames, nonEmpty } from '../../wire.ts';
import { ok } from './done.ts';

/** Other names of the provider on the wire: CLIProxyAPI and its panels say `channel`. The first one counts. */
const providerNames = ['channel', 'provider'] as const;

/** What is said of a provider that is not named as it must be, or has no entry: maps of aliases call it a channel. */
export const providerMapProblems = {
  models: { invalid: 'invalid_provider', missing: 'missing_provider', absent: 'provider_not_found' },
  aliases: { invalid: 'invalid_channel', missing: 'missing_channel', absent: 'channel_not_found' },
} as const;

/** As the map names it, and `undefined` for a blank one; what is no text is left to the schema. */
const named = (value: unknown) => (typeof value === 'string' ? nonEmpty(value.trim().toLowerCase()) : value);

/** The map itself, or one object `items` that holds it. A provider of that name has a list. */
function mapIn(body: unknown): unknown {
  const fields = asObject(body);
  const { items, ...others } = fields;
  return isObject(items) && Object.keys(others).length === 0 ? items : fields;
}

const providerOf = (fields: Readonly<Record<string, unknown>>) => named(fields.channel) ?? named(fields.provider);

// A map cannot hold this name.
const providerName = z
  .string()
  .min(1)
  .refine((name) => name !== '__proto__', 'cannot be the name of a provider');

/** GET, PUT, PATCH and DELETE of a map from provider to a list; PATCH with an empty list removes the provider. */
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
      decode: ({ body }) => ({ value: body === null ? {} : foldBy(map, mapIn(body)) }),
      wireBody: map,
    },
  });
  const patch = operation({
    summary: `Replace the ${field} of one provider in ${name}`,
    input: z.object({ provider: providerName, items: list }),
    output: ok,
    http: {
      method: 'PATCH',
      path: `/${name}`,
      body: 'json-first',
      decode: ({ body }) => {
        const fields = foldNames(asObject(body), [...providerNames, field]);
        const provider = providerOf(fields);
        if (provider === undefined) throw new Problem(providerMapProblems[field].invalid);
        return { provider, items: foldBy(list, fields[field]) };
      },
      wireBody: z.object({
        channel: z.string().optional(),
        provider: z.string().optional().describe('The same as channel, which comes first'),
        [field]: list,
      }),
    },
  });
  const remove = operation({
    summary: `Delete one provider from ${name}`,
    input: z.object({ provider: z.string() }),
    output: ok,
    http: {
      method: 'DELETE',
      path: `/${name}`,
      query: [...providerNames],
      decode: ({ query }) => ({ provider: providerOf(query) ?? '' }),
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
