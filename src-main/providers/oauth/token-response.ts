// Reading what token endpoints answer, and writing it the way account files have it.
import { isObject } from '../../../src-shared/json.ts';
import { rfc3339 } from '../../lib/time/local-time.ts';
import { type Fields, unreadable } from '../../net/provider-request.ts';

/** A string member, `''` when it is missing or something else. */
export function textOf(fields: Fields | undefined, name: string): string {
  const value = fields?.[name];
  return typeof value === 'string' ? value : '';
}

/** An object member. */
export function objectOf(fields: Fields | undefined, name: string): Fields | undefined {
  const value = fields?.[name];
  return isObject(value) ? value : undefined;
}

/** The access token, without which a response is worth nothing. Throws ProviderError. */
export function accessTokenOf(fields: Fields, host: string): string {
  const token = textOf(fields, 'access_token');
  if (token === '') throw unreadable(host);
  return token;
}

/** Seconds from a number or digits; `undefined` for anything else. */
export function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** `last_refresh` and `expired` of a response: RFC 3339 in whole seconds. Without a lifetime there is no `expired`. */
export function timesOf(fields: Fields, now: number): { last_refresh: string; expired?: string } {
  const lifetime = secondsOf(fields.expires_in);
  return {
    last_refresh: wholeSeconds(now),
    ...(lifetime !== undefined && { expired: wholeSeconds(now + lifetime * 1000) }),
  };
}

export function wholeSeconds(ms: number): string {
  return rfc3339(Math.floor(ms / 1000) * 1000);
}

/** Only the members that say something: a refresh never blanks what is stored. */
export function filled(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== undefined));
}
