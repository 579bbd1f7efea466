// When an account's token is to be refreshed, and when to try again after a failure.
import type { Fields } from '../net/provider-request.ts';
import type { Refresh } from '../providers/provider.ts';
import { expiryOf, lastRefreshOf, refreshIntervalOf, refreshTokenOf } from './token-times.ts';

/**
 * Milliseconds since the epoch at which the token is due; `undefined`: never by itself. The lead of the provider is cut
 * to half of the token's life, else one that lives shorter than its lead would be due again at once.
 */
export function refreshDue(content: Fields, refresh: Refresh | undefined): number | undefined {
  if (refresh === undefined || content.disabled === true || secretOf(content, refresh) === '') return undefined;
  const { leadMs } = refresh;
  const expiry = expiryOf(content);
  const last = lastRefreshOf(content);
  const interval = refreshIntervalOf(content);
  if (interval !== undefined) {
    return Math.min(last === undefined ? 0 : last + interval, expiry === undefined ? Infinity : expiry - interval);
  }
  if (leadMs === undefined) return undefined;
  if (expiry === undefined) return last === undefined ? 0 : last + leadMs;
  const life = last === undefined ? Infinity : expiry - last;
  return expiry - (life > 0 ? Math.min(leadMs, life / 2) : leadMs);
}

/** What the provider trades for new tokens; `''` when the file does not have it. */
export const secretOf = (content: Fields, refresh: Refresh): string =>
  refresh.secretOf === undefined ? refreshTokenOf(content) : refresh.secretOf(content);

/** Within so many milliseconds after a refresh its tokens count as new for everybody who asks. */
export const freshMs = 10_000;
/** Milliseconds between two tries on request after a failure. */
export const retrySpacingMs = 5_000;

const firstPauseMs = 30_000;
export const maxPauseMs = 1_800_000;

/**
 * Milliseconds until the next try after so many failures in a row: 30 s, doubling to half an hour, spread by a quarter
 * so that many accounts do not come back at once. `asked` is what the provider wants, kept within the same bounds.
 */
export function retryPause(failures: number, asked: number | undefined, random: number): number {
  const doubled = Math.min(firstPauseMs * 2 ** (failures - 1), maxPauseMs);
  const spread = doubled * (0.75 + random / 2);
  return Math.min(Math.max(spread, asked ?? 0), maxPauseMs);
}

/** Whether a moment lies at most `ms` back; one in the future, as after the clock was set, does not. */
export function isWithin(moment: number | undefined, now: number, ms: number): boolean {
  return moment !== undefined && moment <= now && now - moment < ms;
}
