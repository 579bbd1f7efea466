// The logins that make account files.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { asObject, foldNames, nonEmpty, present } from '../wire.ts';
import { ok } from './helpers/done.ts';
import { loginRows } from './helpers/login-rows.ts';

/** The contract of a program with these logins. */
export const loginsContract = (names: readonly string[]) => ({
  ...loginRows(names),
  'login.status': operation({
    summary: 'Where a login stands',
    input: z.object({ state: z.string() }),
    output: z.object({ status: z.enum(['wait', 'ok', 'error']), error: z.string().optional() }),
    http: {
      method: 'GET',
      path: '/get-auth-status',
      query: ['state'],
      decode: ({ query }) => ({ state: query.state ?? '' }),
    },
  }),
  'login.callback': operation({
    summary: "Hand in the provider's answer: an address, a bare query, or code and state",
    input: z.object({
      provider: z.string().optional(),
      redirectUrl: z.string().optional(),
      code: z.string().optional(),
      state: z.string().optional(),
      error: z.string().optional(),
    }),
    output: ok,
    http: {
      method: 'POST',
      path: '/oauth-callback',
      body: 'json-first',
      decode: ({ body }) => {
        const fields = foldNames(asObject(body), ['provider', 'redirect_url', 'code', 'state', 'error']);
        const { redirect_url, ...rest } = fields;
        return present({ ...rest, redirectUrl: redirect_url });
      },
      wireBody: z.object({
        provider: z.string().optional(),
        redirect_url: z.string().optional(),
        code: z.string().optional(),
        state: z.string().optional(),
        error: z.string().optional(),
      }),
    },
  }),
  'login.cancel': operation({
    summary: 'Give up a login',
    input: z.object({ state: z.string() }),
    output: z.object({ status: z.literal('ok'), cancelled: z.boolean() }),
    http: {
      method: 'DELETE',
      path: '/oauth-session',
      query: ['state'],
      decode: ({ query }) => {
        const state = nonEmpty(query.state);
        if (state === undefined) throw new Problem('missing_state');
        return { state };
      },
    },
  }),
});
