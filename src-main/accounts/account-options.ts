// What people set in an account file, as the program uses it.
import { type AccountFields, accountFields, maxWeight } from '../../src-shared/account-fields.ts';
import type { Fields } from '../net/provider-request.ts';

export interface AccountOptions extends AccountFields {
  /** What is wrong with a field that is used all the same, for people. */
  readonly complaint?: string;
}

/** Fields that are not as they must be are left out; numbers may be texts of digits. Never throws. */
export function accountOptions(content: Fields): AccountOptions {
  const read = Object.entries(accountFields.shape).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(normalized(name, fieldOf(content, name)));
    return success && data !== undefined ? [[name, data]] : [];
  });
  const options = Object.fromEntries(read) as AccountFields;
  const hasBadWeight = options.weight === undefined && (fieldOf(content, 'weight') ?? undefined) !== undefined;
  return hasBadWeight
    ? { ...options, complaint: `Its weight is not a whole number up to ${maxWeight}, so it counts as 1.` }
    : options;
}

/** CLIProxyAPI reads either spelling. */
const fieldOf = (content: Fields, name: string): unknown => content[name] ?? content[name.replaceAll('_', '-')];

const numbers = new Set(['priority', 'weight', 'request_retry', 'max_concurrent']);

function normalized(name: string, value: unknown): unknown {
  if (value === null) return undefined;
  if (!numbers.has(name)) return typeof value === 'string' ? value.trim() : value;
  const number = typeof value === 'string' && /^[+-]?\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  return name === 'weight' && typeof number === 'number' ? Math.max(number, 0) : number;
}
