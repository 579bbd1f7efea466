// The families of operations that most of the API consists of. A family knows the wire quirks of all its members.
import { z } from 'zod';
import { type Operation, operation } from './operation.ts';
import type { ProblemCode } from './problem.ts';
import { asObject, foldBy, foldNames, indexParameter, listBody, nonEmpty, present, refuseFractions } from './wire.ts';

export const ok = z.object({ status: z.literal('ok') });
export const done: z.output<typeof ok> = Object.freeze({ status: 'ok' });

/** Settings by path: `quota-exceeded/switch-project` is the key `switch-project` inside `quota-exceeded`. */
export type Settings = Readonly<Record<string, z.ZodType>>;

export type SettingRows<S extends Settings> = {
  readonly [K in keyof S & string as `${K}.get`]: Operation<z.ZodUndefined, z.ZodObject<{ value: S[K] }>>;
} & { readonly [K in keyof S & string as `${K}.set`]: Operation<z.ZodObject<{ value: S[K] }>, typeof ok> };

/** GET, and PUT or PATCH, of each setting. The wire name is the last part of its path. */
export function settingRows<const S extends Settings>(settings: S): SettingRows<S> {
  const rows: Record<string, Operation> = {};
  for (const [path, value] of Object.entries(settings)) {
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
          refuseFractions(text, ['value']);
          return fields;
        },
      },
    });
  }
  return rows as SettingRows<S>;
}

/** GET and PUT of a whole list: PUT takes an array or `{items}`. `show` makes an item as GET answers it. */
function wholeListRows<V extends z.ZodType>(
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
        body: 'json',
        decode: ({ body }) => ({ items: foldBy(list, listBody(body)) }),
        wireBody: z.union([list, items]),
      },
    }),
  };
}

type Items<V extends z.ZodType> = z.ZodObject<{ items: z.ZodArray<V> }>;

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

const loginInput = z.object({
  /** Whether to open a listener on the provider's own port. */
  listen: z.boolean().default(false),
  projectId: z.string().optional(),
  proxyUrl: z.string().optional(),
});
export const loginStarted = z.object({
  status: z.literal('ok'),
  state: z.string(),
  url: z.string(),
  /** What the person types on the provider's page, for device logins. */
  userCode: z.string().optional(),
  /** Seconds until the login is given up. */
  expiresIn: z.number().optional(),
});

export type LoginRows<N extends string> = {
  readonly [P in `${N}-login.start`]: Operation<typeof loginInput, typeof loginStarted>;
};

/** The start of one provider's login. */
export function loginRow<const N extends string>(name: N): LoginRows<N> {
  const truthy = new Set(['1', 'true', 'yes', 'on']);
  return {
    [`${name}-login.start`]: operation({
      summary: `Start a ${name} login`,
      input: loginInput,
      output: loginStarted,
      http: {
        method: 'GET',
        path: `/${name}-auth-url`,
        query: ['is_webui', 'project_id', 'proxy_url'],
        decode: ({ query }) =>
          present({
            listen: truthy.has((query.is_webui ?? '').trim().toLowerCase()),
            projectId: nonEmpty(query.project_id),
            proxyUrl: nonEmpty(query.proxy_url),
          }),
      },
    }),
  } as unknown as LoginRows<N>;
}
