// When an account's token is to be refreshed, and when to try again after a failure.
import { providerOfType } from '../login/providers.ts';
import type { Fields } from '../net/provider-request.ts';
import { expiryOf, lastRefreshOf, refreshIntervalOf, refreshTokenOf } from './token-times.ts';

/**
 * Milliseconds since the epoch at which the token is due; `undefined`: never by itself. The lead of the provider is cut
 * to half of the token's life, else one that lives shorter than its lead would be due again at once.
 */
export function refreshDue(content: Fields): number | undefined {
  const type = typeof content.type === 'string' ? content.type : '';
  const lead = providerOfType(type)?.refreshLead;
  if (content.disabled === true || refreshTokenOf(content) === '') return undefined;
  const expiry = expiryOf(content);
  const last = lastRefreshOf(content);
  const interval = refreshIntervalOf(content);
  if (interval !== undefined && providerOfType(type) !== undefined) {
    return Math.min(last === undefined ? 0 : last + interval, expiry === undefined ? Infinity : expiry - interval);
  }
  if (lead === undefined) return undefined;
  if (expiry === undefined) return last === undefined ? 0 : last + lead;
  const life = last === undefined ? Infinity : expiry - last;
  return expiry - (life > 0 ? Math.min(lead, life / 2) : lead);
}

const firstPauseMs = 30_000;
export const longestPauseMs = 1_800_000;

/**
 * Milliseconds until the next try after so many failures in a row: 30 s, doubling to half an hour, spread by a quarter
 * so that many accounts do not come back at once. `asked` is what the provider wants, kept within the same bounds.
 */
export function retryPause(failures: number, asked: number | undefined, random: number): number {
  const doubled = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs);
  const spread = doubled * (0.75 + random / 2);
  return Math.min(Math.max(spread, asked ?? 0), longestPauseMs);
}
