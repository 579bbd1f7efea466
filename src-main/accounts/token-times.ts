// When a token ends and when it was made, in all the spellings that account files have.

import { goDurationMs } from '../../src-shared/duration.ts';
import { isObject } from '../../src-shared/json.ts';
import { parseRfc3339 } from '../lib/time/local-time.ts';
import type { Fields } from '../net/provider-request.ts';

const expiryNames = ['expired', 'expire', 'expires_at', 'expiresAt', 'expiry', 'expires'];
const refreshNames = ['last_refresh', 'lastRefresh', 'last_refreshed_at', 'lastRefreshedAt'];
const intervalNames = ['refresh_interval_seconds', 'refreshIntervalSeconds', 'refresh_interval', 'refreshInterval'];

/** Milliseconds since the epoch at which the access token ends; `undefined` when the file does not say. */
export function expiryOf(content: Fields): number | undefined {
  return firstTime(content, expiryNames) ?? firstTime(nestedToken(content), expiryNames);
}

/** Milliseconds since the epoch of the last refresh. */
export function lastRefreshOf(content: Fields): number | undefined {
  return firstTime(content, refreshNames);
}

/** Milliseconds between refreshes that the person wants for this account: seconds, or text such as `30m`. */
export function refreshIntervalOf(content: Fields): number | undefined {
  for (const name of intervalNames) {
    const ms = duration(content[name]);
    if (ms !== undefined && ms > 0) return ms;
  }
  return undefined;
}

/** The refresh token, beside the others or within `token`; `''` when there is none. */
export const refreshTokenOf = (content: Fields): string => tokenOf(content, 'refresh_token');

/** The access token, in the same places. */
export const accessTokenOf = (content: Fields): string => tokenOf(content, 'access_token');

/** What a login has put into a file: another one stands for another login. */
export function loginSecretOf(content: Fields): string {
  const { api_key, service_account } = content;
  const key = isObject(service_account) ? service_account.private_key : api_key;
  return refreshTokenOf(content) || (typeof key === 'string' ? key : '');
}

function tokenOf(content: Fields, name: 'refresh_token' | 'access_token'): string {
  const flat = content[name];
  if (typeof flat === 'string' && flat !== '') return flat;
  const nested = nestedToken(content)?.[name];
  return typeof nested === 'string' ? nested : '';
}

function nestedToken(content: Fields): Fields | undefined {
  const token = content.token ?? content.Token;
  return isObject(token) ? token : undefined;
}

function firstTime(content: Fields | undefined, names: readonly string[]): number | undefined {
  for (const name of names) {
    const time = pointInTime(content?.[name]);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** RFC 3339; `YYYY-MM-DD HH:MM:SS` in UTC; Unix seconds, or milliseconds beyond 1e12, as a number or digits. */
function pointInTime(value: unknown): number | undefined {
  if (typeof value === 'number') return fromUnix(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d{1,16}$/.test(text)) return fromUnix(Number(text));
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return parseRfc3339(`${text.replace(' ', 'T')}Z`);
  return parseRfc3339(text);
}

function fromUnix(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  return value > 1e12 ? value : value * 1000;
}

/** A number of seconds, or a Go duration such as `1h30m`, in milliseconds. */
function duration(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value * 1000 : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  return goDurationMs(text);
}
