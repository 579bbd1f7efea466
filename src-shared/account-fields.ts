// What people may set in an account file, beside what a login writes.
import { z } from 'zod';

const text = z.string('must be text');
const flag = z.boolean('must be true or false');
const whole = z.int('must be a whole number');

/** By the names that CLIProxyAPI reads. */
export const accountFields = z.strictObject({
  note: text.optional(),
  prefix: text.optional(),
  /** `''` or absent: the proxy of the config. */
  proxy_url: text.optional(),
  /** Accounts with a higher one are asked first. */
  priority: whole.optional(),
  weight: whole.min(0, 'must not be negative').optional(),
  headers: z.record(z.string(), text, 'must be a map of header names to values').optional(),
  excluded_models: z.array(text, 'must be a list of names of models').optional(),
  request_retry: whole.min(0, 'must not be negative').optional(),
  disable_cooling: flag.optional(),
  disabled: flag.optional(),
});

export type AccountFields = z.output<typeof accountFields>;

/** The same for a change: `null` removes a field. */
export const accountFieldChanges = z.strictObject(
  Object.fromEntries(Object.entries(accountFields.shape).map(([name, field]) => [name, field.nullable()])) as {
    [N in keyof AccountFields]-?: z.ZodNullable<(typeof accountFields.shape)[N]>;
  },
);
