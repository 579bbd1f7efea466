// Keys and accounts that are cooling down after an error, and ending a cooldown by hand.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { asObject, nonEmpty, present } from '../wire.ts';

const cooldown = z.object({
  /** The account file's name, or what tells a key of the config from others; never the key itself. */
  id: z.string(),
  provider: z.string(),
  /** For people: the provider and the account or the masked key. */
  label: z.string(),
  /** Whether `id` is an account file. */
  account: z.boolean(),
  /** The model it cools down for, as the provider names it. */
  model: z.string(),
  /** `hard`: left out until then; `soft`: asked when nobody else is left. */
  kind: z.enum(['hard', 'soft']),
  /** RFC 3339: used again from then on. */
  until: z.string(),
  /** The provider's refusal. */
  status: z.int(),
  message: z.string(),
});
export type Cooldown = z.output<typeof cooldown>;

export const cooldownsContract = {
  'cooldowns.list': operation({
    summary: 'Keys and accounts that are cooling down after an error',
    input: z.undefined(),
    output: z.object({ cooldowns: z.array(cooldown) }),
    http: { method: 'GET', path: '/cooldowns' },
  }),
  'cooldowns.reset': operation({
    summary: 'End the cooldown of a key or account; without an id, of all of them',
    input: z.object({ id: z.string().optional() }),
    output: z.object({ status: z.literal('ok'), ended: z.int().min(0) }),
    http: {
      method: 'DELETE',
      path: '/cooldowns',
      query: ['id'],
      decode: ({ query }) => present({ id: nonEmpty(query.id) }),
    },
  }),
  'quota.reset': operation({
    summary: 'End every cooldown of the key or account with this auth_index, and name the models they were for',
    input: z.object({ auth_index: z.string().min(1) }),
    output: z.object({ status: z.literal('ok'), auth_index: z.string(), models: z.array(z.string()) }),
    http: {
      method: 'POST',
      path: '/reset-quota',
      body: 'json',
      decode: ({ body }) => {
        const index = asObject(body, 'invalid_request_body').auth_index;
        if (index === undefined || index === null || index === '') throw new Problem('auth_index_required');
        if (typeof index !== 'string') throw new Problem('invalid_request_body', 'auth_index: must be text.');
        return { auth_index: index };
      },
    },
  }),
};
