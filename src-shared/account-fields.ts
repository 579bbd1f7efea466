// What people may set in an account file, beside what a login writes.
import { z } from 'zod';

export const maxWeight = 1_000_000;

const text = z.string('must be text');
const flag = z.boolean('must be true or false');
const whole = z.int('must be a whole number');

/** A prefix without the blanks and slashes around it; one with a slash inside would be part of a model's name. */
export function prefixText(value: string): string {
  const parts = value.split('/').map((part) => part.trim());
  return parts.slice(parts.findIndex(Boolean), parts.findLastIndex(Boolean) + 1).join('/');
}

/** By the names that CLIProxyAPI reads. */
export const accountFields = z.strictObject({
  note: text.optional(),
  /** Clients may name it, with a slash, before a model. */
  prefix: text.refine((value) => !prefixText(value).includes('/'), 'must not have a slash inside').optional(),
  /** `''` or absent: the proxy of the config. */
  proxy_url: text.optional(),
  /** Accounts with a higher one are asked first. */
  priority: whole.optional(),
  /** Its share of the requests while the strategy is `weighted-round-robin`. */
  weight: whole.max(maxWeight, `must be at most ${maxWeight}`).optional(),
  /** Requests at the same time; absent or 0: any number. */
  max_concurrent: whole.min(0, 'must not be negative').optional(),
  headers: z.record(z.string(), text, 'must be a map of header names to values').optional(),
  excluded_models: z.array(text, 'must be a list of names of models').optional(),
  /** Further rounds of attempts; a negative one means that of the config. */
  request_retry: whole.optional(),
  disable_cooling: flag.optional(),
  /** Whether it is asked over a WebSocket for clients that ask over one. */
  websockets: flag.optional(),
  disabled: flag.optional(),
});

export type AccountFields = z.output<typeof accountFields>;

/** The same for a change: `null` removes a field. */
export const accountFieldChanges = z.strictObject(
  Object.fromEntries(Object.entries(accountFields.shape).map(([name, field]) => [name, field.nullable()])) as {
    [N in keyof AccountFields]-?: z.ZodNullable<(typeof accountFields.shape)[N]>;
  },
);
