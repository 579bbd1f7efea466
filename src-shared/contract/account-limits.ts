// What providers said of the limits of keys and accounts.
import { z } from 'zod';
import { operation } from '../operation.ts';
import { asObject, foldNames } from '../wire.ts';

const limitStatus = z.enum(['ok', 'warning', 'reached']);
export type AccountLimitStatus = z.output<typeof limitStatus>;

export const accountLimitWindow = z.object({
  /** Such as `5h`, `7d`, `requests`. */
  id: z.string(),
  /** For people. */
  label: z.string(),
  /** From 0 to 1. */
  used: z.number().min(0).max(1),
  /** ISO 8601; null: not known. */
  resets_at: z.string().nullable(),
  status: limitStatus,
  /** The only model that it is for, or the name of a family. */
  model: z.string().optional(),
  /** Its reset has passed, and no response has said more since. */
  renewed: z.literal(true).optional(),
});
export type AccountLimitWindow = z.output<typeof accountLimitWindow>;

const accountLimits = z.object({
  /** The account file's name, or `<source>:<masked key>`. */
  name: z.string(),
  provider: z.string(),
  plan: z.string().nullable(),
  windows: z.array(accountLimitWindow),
  /** ISO 8601. */
  seen_at: z.string(),
  /** `answer`: said with a response to a client; `asked`: asked for. */
  from: z.enum(['answer', 'asked']),
});
export type AccountLimits = z.output<typeof accountLimits>;

export const accountLimitsContract = {
  'account-limits.list': operation({
    summary: 'What providers said of the limits of keys and accounts',
    input: z.undefined(),
    output: z.object({ accounts: z.array(accountLimits) }),
    http: { method: 'GET', path: '/account-limits' },
  }),
  'account-limits.refresh': operation({
    summary: 'Ask the provider of an account for its limits once',
    input: z.object({ name: z.string() }),
    output: accountLimits,
    http: {
      method: 'POST',
      path: '/account-limits/refresh',
      body: 'json',
      decode: ({ body }) => foldNames(asObject(body), ['name']),
    },
  }),
};
