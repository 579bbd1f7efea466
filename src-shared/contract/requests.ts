// The history of model requests: what was asked, who answered, what it took.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nonEmpty, present } from '../wire.ts';

const count = z.int().min(0);
const time = z.string();

export const requestTry = z.object({
  source: z.string(),
  /** The masked key, or the account file's name. */
  credential: z.string(),
  model: z.string(),
  /** Null where there was no response: network errors and timeouts. */
  status: z.int().nullable(),
  ms: count,
  /** One sentence; null on success. */
  error: z.string().nullable(),
});
export type RequestTry = z.output<typeof requestTry>;

export const requestTokens = z.object({
  /** The whole prompt with its cached parts. */
  input: count.nullable(),
  /** The whole response with its reasoning. */
  output: count.nullable(),
  reasoning: count.nullable(),
  cache_read: count.nullable(),
  cache_write: count.nullable(),
  /** Counted here by the length of the texts, because the provider gave no numbers. */
  estimated: z.boolean().nullable(),
});
export type RequestTokens = z.output<typeof requestTokens>;

export const requestCost = z.object({
  /** US dollars, not rounded; null: not known, which is not nothing. */
  usd: z.number().nullable(),
  /** `prices`: by the config; `list`: by the published prices. */
  basis: z.enum(['prices', 'list', 'unknown']),
  /** False for accounts: what it would have cost with a key. */
  billed: z.boolean(),
});
export type RequestCost = z.output<typeof requestCost>;

/** One request; every field but `instance` is always there. Times are ISO 8601 in UTC with milliseconds. */
export const requestRecord = z.object({
  id: z.string(),
  state: z.enum(['running', 'done']),
  outcome: z.enum(['success', 'failure', 'aborted']).nullable(),
  started_at: time,
  finished_at: time.nullable(),
  /** Stands for a client key; equal over restarts, tells nothing about the key. Null without keys. */
  key_id: z.string().nullable(),
  /** The masked client key. */
  key: z.string().nullable(),
  /** The name of its client policy. */
  key_name: z.string().nullable(),
  client_ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  /** The client's format, or `count` and the like for requests of other kinds. */
  form: z.string(),
  /** As asked; null when the request named none. */
  model: z.string().nullable(),
  model_sent: z.string().nullable(),
  provider: z.string().nullable(),
  source: z.string().nullable(),
  credential: z.string().nullable(),
  auth_index: z.string().nullable(),
  /** The name of the model chain. */
  chain: z.string().nullable(),
  tries: z.array(requestTry),
  first_byte_ms: count.nullable(),
  total_ms: count.nullable(),
  /** What the client got; 499 when it left. */
  status: z.int().nullable(),
  stream: z.boolean(),
  tokens: requestTokens,
  /** Of sound that is paid for by its length; null where it is not. */
  seconds: z.number().min(0).nullable(),
  cost: requestCost,
  /** Places in the request that the upstream's format had no room for. */
  dropped_fields: z.array(z.string()),
  session_id: z.string().nullable(),
  error: z.string().nullable(),
  /** The name of the instance that served it; absent without a shared database. */
  instance: z.string().optional(),
});
export type RequestRecord = z.output<typeof requestRecord>;

/** A candidate as it stood when the request was made. */
export const routeCandidate = z.looseObject({
  source: z.string(),
  credential: z.string(),
  auth_index: z.string(),
  provider: z.string(),
  model_sent: z.string(),
  verdict: z.string(),
});
export type RouteCandidate = z.output<typeof routeCandidate>;

const filterFields = {
  /** A glob on the model asked or sent. */
  model: z.string().optional(),
  /** A `key_id` or the name of a client policy. */
  key: z.string().optional(),
  /** A source or provider. */
  source: z.string().optional(),
  /** `429`, `4xx`, `success`, `failure`, `aborted` or `running`. */
  status: z.string().optional(),
  /** ISO 8601 or epoch milliseconds; inside. */
  from: z.string().optional(),
  /** Outside. */
  to: z.string().optional(),
  /** Part of id, model, source, session, user agent or error, in any case. */
  q: z.string().optional(),
};
const filterNames = Object.keys(filterFields);
const filterOf = (query: Readonly<Record<string, string>>) =>
  present(Object.fromEntries(filterNames.map((name) => [name, nonEmpty(query[name])])));

export const requestsContract = {
  'requests.list': operation({
    summary: 'The history of model requests, newest first, running ones in their place',
    input: z.object({
      ...filterFields,
      /** From 1 to 500. */
      limit: z.string().optional(),
      /** `next` of the page before. */
      before: z.string().optional(),
    }),
    output: z.object({
      requests: z.array(requestRecord),
      next: z.string().nullable(),
      /** Only while the history is switched off. */
      enabled: z.literal(false).optional(),
    }),
    http: {
      method: 'GET',
      path: '/requests',
      query: [...filterNames, 'limit', 'before'],
      decode: ({ query }) =>
        present({ ...filterOf(query), limit: nonEmpty(query.limit), before: nonEmpty(query.before) }),
    },
  }),
  'requests.export': operation({
    summary: 'The history as CSV or JSON, newest first; takes the filters of the list',
    input: z.object({ ...filterFields, format: z.enum(['csv', 'json']).default('json') }),
    output: z.object({ format: z.enum(['csv', 'json']), text: z.string() }),
    http: {
      method: 'GET',
      path: '/requests/export',
      query: [...filterNames, 'format'],
      decode: ({ query }) => present({ ...filterOf(query), format: nonEmpty(query.format) }),
      encode: ({ format, text }: { readonly format: 'csv' | 'json'; readonly text: string }) => ({
        type: format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
        headers: { 'content-disposition': `attachment; filename="requests.${format}"` },
        body: text,
      }),
      wireAnswer: z.array(requestRecord),
    },
  }),
  'requests.get': operation({
    summary: 'One request with the candidates it had',
    input: z.object({ id: z.string() }),
    output: requestRecord.extend({ route: z.array(routeCandidate) }),
    http: { method: 'GET', path: '/requests/:id', decode: ({ params }) => ({ id: params.id ?? '' }) },
  }),
  'requests.clear': operation({
    summary: 'Delete the records of finished requests; counters, limits and usage stay',
    input: z.undefined(),
    output: z.object({ status: z.literal('ok'), removed: count }),
    http: { method: 'DELETE', path: '/requests' },
  }),
};
