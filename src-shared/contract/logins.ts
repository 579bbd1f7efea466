// The logins that make account files.
import { z } from 'zod';
import { operation, type Upload } from '../operation.ts';
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
    output: z.object({
      status: z.enum(['wait', 'ok', 'error']),
      error: z.string().optional(),
      /** Who signed in: an e-mail, or what else the provider calls the account. */
      account: z.string().optional(),
      /** The account's file. */
      file: z.string().optional(),
    }),
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
  'vertex.import': operation({
    summary: 'Sign in to Vertex AI with the key file of a service account',
    input: z.object({
      /** One; a list because it travels as an upload. */
      files: z.array(z.object({ name: z.string(), content: z.string() })).max(1),
      /** Region of Google Cloud. Default: `us-central1`. */
      location: z.string().optional(),
    }),
    output: z.object({
      status: z.literal('ok'),
      'auth-file': z.string(),
      project_id: z.string(),
      email: z.string(),
      location: z.string(),
    }),
    http: {
      method: 'POST',
      path: '/vertex/import',
      body: 'upload',
      query: ['location'],
      decode: ({ query, body }) => {
        const { files = [], fields = {} } = (body ?? {}) as Partial<Upload>;
        return present({
          files: files
            .filter(({ field }) => field === 'file')
            .slice(0, 1)
            .map(({ name, content }) => ({ name, content })),
          location: nonEmpty(fields.location ?? query.location),
        });
      },
      wireBody: z.looseObject({}),
    },
  }),
});
