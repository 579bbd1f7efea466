// Device logins as RFC 8628 has them: asking for a code, and polling until the person has decided.
import { ProviderError } from '../../net/provider-error.ts';
import { type Fields, objectIn, rejection, send, unreadable } from '../../net/provider-request.ts';
import { formBody } from '../../net/request-body.ts';
import type { DeviceStart, ProviderCall } from '../provider.ts';
import { acceptsJson, asksWithForm } from './token-request.ts';
import { secondsOf, textOf } from './token-response.ts';

export interface DeviceProvider {
  /** What people call it. */
  readonly title: string;
  readonly deviceUrl: string;
  readonly tokenUrl: string;
  /** The page is on this domain or below it. */
  readonly pageDomain: string;
  /** Headers of a poll beside the content type. */
  readonly pollHeaders: Readonly<Record<string, string>>;
}

/** RFC 8628 section 3.2: what holds when the provider does not say. */
const defaultIntervalSeconds = 5;
const defaultLifetimeSeconds = 300;
/** Nobody looks at a sign-in page for longer. */
const maxLifetimeSeconds = 1800;
const maxIntervalSeconds = 60;

/** Asks for a device code. Throws ProviderError, also for a page that is not the provider's own. */
export async function askDeviceCode(
  { deviceUrl, pageDomain }: DeviceProvider,
  call: ProviderCall,
  fields: Readonly<Record<string, string>>,
): Promise<Omit<DeviceStart, 'verifier'>> {
  const response = await asksWithForm(deviceUrl, acceptsJson, 'Try again later.')(call, fields);
  const deviceCode = textOf(response, 'device_code');
  const url = textOf(response, 'verification_uri_complete') || textOf(response, 'verification_uri');
  if (deviceCode === '' || !isPageOf(pageDomain, url)) throw unreadable(new URL(deviceUrl).host);
  return { url, deviceCode, userCode: textOf(response, 'user_code'), ...deviceTimes(response) };
}

/** Interval and lifetime as the provider says, within reason. */
export function deviceTimes(response: Fields): Pick<DeviceStart, 'lifetimeMs' | 'intervalMs'> {
  const lifetime = secondsOf(response.expires_in) || defaultLifetimeSeconds;
  const interval = secondsOf(response.interval) || defaultIntervalSeconds;
  return {
    lifetimeMs: Math.min(lifetime, maxLifetimeSeconds) * 1000,
    intervalMs: Math.min(interval, maxIntervalSeconds) * 1000,
  };
}

/** Polls once: the token response, or that the person has not decided yet. Throws ProviderError. */
export async function pollDeviceToken(
  { title, tokenUrl, pollHeaders }: DeviceProvider,
  call: ProviderCall,
  fields: Readonly<Record<string, string>>,
): Promise<Fields | 'pending' | 'slow-down'> {
  const { host } = new URL(tokenUrl);
  const response = await send(call, {
    method: 'POST',
    url: tokenUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...pollHeaders },
    body: formBody({ ...fields, grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }),
  });
  const tokens = objectIn(response.text);
  if (response.status >= 500) throw rejection(call, host, response, 'Log in again.');
  // Some say so with a status that means success.
  const pending = waitOf(textOf(tokens, 'error'), title, response.status);
  if (pending !== undefined) return pending;
  if (response.status !== 200 || textOf(tokens, 'error') !== '') throw rejection(call, host, response, 'Log in again.');
  if (tokens === undefined) throw unreadable(host);
  return tokens;
}

/** What an error code of section 3.5 means; `undefined` for another one. Throws ProviderError when the login is over. */
export function waitOf(code: string, title: string, status: number): 'pending' | 'slow-down' | undefined {
  switch (code) {
    case 'authorization_pending':
      return 'pending';
    case 'slow_down':
      return 'slow-down';
    case 'access_denied':
    case 'authorization_denied': {
      const sentence = `The login was denied on the page of ${title}. Start it again to allow it.`;
      throw new ProviderError('rejected', sentence, { status, oauthError: 'access_denied' });
    }
    case 'expired_token': {
      const sentence = 'The login was not confirmed in time. Start it again.';
      throw new ProviderError('rejected', sentence, { status, oauthError: 'expired_token' });
    }
    default:
      return undefined;
  }
}

/** The page is named by the provider's response and opened in the person's browser. */
function isPageOf(domain: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && (hostname === domain || hostname.endsWith(`.${domain}`));
}
