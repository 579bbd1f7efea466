// What client keys may do, and what they used of it.
import { z } from 'zod';
import { clientPolicy } from '../client-policies.ts';
import { isObject } from '../json.ts';
import { operation } from '../operation.ts';
import { limitMetrics, limitPeriods } from '../policy-terms.ts';
import { asObject, foldBy, foldNames, indexParameter, listBody, nonEmpty, present, refuseFractions } from '../wire.ts';
import { ok } from './helpers/done.ts';

const path = '/client-policies';
const policies = z.array(clientPolicy);
const items = z.object({ items: policies });
/** A value without `api-key` is merged into the policy. */
const change = clientPolicy.partial();
export type ClientPolicyChange = z.output<typeof change>;

const clientUse = z.object({
  key_id: z.string(),
  /** The masked key. */
  key: z.string(),
  /** Of its policy. */
  name: z.string().nullable(),
  /** As its policy says it. */
  expires: z.string().nullable(),
  /** Requests at present. */
  running: z.int().min(0),
  limits: z.array(
    z.object({
      metric: z.enum(limitMetrics),
      used: z.number(),
      limit: z.number(),
      per: z.enum(limitPeriods),
      /** ISO 8601 in UTC. */
      resets_at: z.string(),
    }),
  ),
});
export type ClientUse = z.output<typeof clientUse>;

export const clientPoliciesContract = {
  'client-policies.get': operation({
    summary: 'List client-policies, their keys in clear',
    input: z.undefined(),
    output: items,
    http: {
      method: 'GET',
      path,
      encode: (output: z.output<typeof items>) => ({ body: { 'client-policies': output.items } }),
      wireAnswer: z.object({ 'client-policies': policies }),
    },
  }),
  'client-policies.replace': operation({
    summary: 'Replace client-policies',
    input: items,
    output: ok,
    http: {
      method: 'PUT',
      path,
      body: 'json',
      decode: ({ body }) => ({ items: foldBy(policies, listBody(body)) }),
      wireBody: z.union([policies, items]),
    },
  }),
  'client-policies.patch': operation({
    summary: 'Replace, merge into or delete one of client-policies',
    input: z.object({ index: z.int().optional(), match: z.string().optional(), value: change }),
    output: ok,
    http: {
      method: 'PATCH',
      path,
      body: 'json-first',
      decode: ({ body, text }) => {
        const { index, match, value } = foldNames(asObject(body), ['index', 'match', 'value']);
        refuseFractions(text, ['index']);
        return present({ index, match, value: foldBy(change, value) });
      },
      wireBody: z.object({ index: z.int().optional(), match: z.string().optional(), value: change }),
    },
  }),
  'client-policies.remove': operation({
    summary: 'Delete a client policy: by index, name or, in the body, by its key',
    input: z.object({ index: z.int().optional(), name: z.string().optional(), 'api-key': z.string().optional() }),
    output: ok,
    http: {
      method: 'DELETE',
      path,
      query: ['index', 'name'],
      body: 'json-optional',
      decode: ({ query, body }) => {
        const named = isObject(body) ? foldNames(body, ['api-key'])['api-key'] : undefined;
        return present({
          index: indexParameter(query.index),
          name: nonEmpty(query.name),
          'api-key': named ?? nonEmpty(query['api-key']),
        });
      },
    },
  }),
  'client-usage.list': operation({
    summary: 'Every client key with what it used of its limits',
    input: z.undefined(),
    output: z.object({ clients: z.array(clientUse) }),
    http: { method: 'GET', path: '/client-usage' },
  }),
};
