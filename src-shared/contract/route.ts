// Which key or account a request would go to, and why.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { routingStrategies } from '../routing-strategy.ts';
import { nonEmpty, present } from '../wire.ts';

/**
 * `next`: asked first; `later`: asked when those before it fail. Left out are those that cool down, have as many requests
 * as they may, are disabled, do not offer the model because it is excluded, or are not for this client.
 */
const verdict = z.enum(['next', 'later', 'cooling', 'full', 'disabled', 'excluded', 'not-allowed']);

const candidate = z.object({
  /** The name of a compatible provider, that of a list of keys, or an account's file name. */
  source: z.string(),
  /** The masked key, or the account's file name. */
  credential: z.string(),
  auth_index: z.string(),
  provider: z.string(),
  model_sent: z.string(),
  /** The name that is asked for: an element of a chain, or the model. */
  element: z.string(),
  priority: z.int(),
  weight: z.int(),
  verdict,
  /** One sentence. */
  why: z.string(),
  /** When its cooldown ends, ISO 8601 in UTC; null without one. */
  until: z.string().nullable(),
});
export type RouteVerdict = z.output<typeof verdict>;
export type RouteCandidateRow = z.output<typeof candidate>;

const route = z.object({
  model: z.string(),
  key: z.object({ key_id: z.string(), name: z.string().nullable() }).nullable(),
  /** Whether the client's policy lets it ask for the model, and its limits leave room for a request. */
  allowed: z.boolean(),
  /** Why it is not allowed, or nobody can be asked; null otherwise. */
  why: z.string().nullable(),
  /** The name of the chain that the model is. */
  chain: z.string().nullable(),
  strategy: z.enum(routingStrategies),
  /** Where the session is bound; null for one that is not. */
  session: z.object({ id: z.string(), source: z.string().nullable(), credential: z.string().nullable() }).nullable(),
  /** In the order they would be tried, those that are left out behind them. */
  candidates: z.array(candidate),
});
export type RouteExplanation = z.output<typeof route>;

export const routeContract = {
  'models.list': operation({
    summary: 'The names of models that clients can ask for, in the order of the model list',
    input: z.undefined(),
    output: z.object({ models: z.array(z.string()) }),
    http: { method: 'GET', path: '/models' },
  }),
  'route.explain': operation({
    summary: 'Which key or account a request would go to, and why; changes nothing',
    input: z.object({
      model: z.string(),
      /** A `key_id` or the name of a client policy, never the key. */
      key: z.string().optional(),
      /** The id of a session, as clients send it. */
      session: z.string().optional(),
    }),
    output: route,
    http: {
      method: 'GET',
      path: '/route',
      query: ['model', 'key', 'session'],
      decode: ({ query }) =>
        present({ model: nonEmpty(query.model), key: nonEmpty(query.key), session: nonEmpty(query.session) }),
    },
  }),
};
