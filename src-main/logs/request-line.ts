// The log message of a request to the server, without the secrets in its URL.
import type { LogLevel } from '../lib/logger.ts';
import { mask, maskUrlUserInfo } from '../lib/mask.ts';
import { formatDuration } from '../lib/time/go-duration.ts';
import { localStamp } from '../lib/time/local-time.ts';

export interface FinishedRequest {
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
  readonly status: number;
  /** Milliseconds. */
  readonly latency: number;
  /** Address of the client. */
  readonly client: string;
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  /** What the request was about. Holds no secret. */
  readonly note?: string;
}

/** Longer ones are cut: nobody needs a key to have an address logged. */
const maxTargetLength = 2 * 1024;

/** The documented message, such as `[GIN] 2026/01/31 - 09:05:00 | 200 |          12ms |       127.0.0.1 | GET     "/v1/models"`. */
export function requestLine({ at, status, latency, client, method, target, note = '' }: FinishedRequest): string {
  const time = localStamp(at).replaceAll('-', '/').replace(' ', ' - ');
  const columns = [
    String(status).padStart(3),
    formatDuration(latency).padStart(13),
    client.padStart(15),
    `${method.padEnd(7)} "${shortened(maskTarget(target))}"`,
    ...(note === '' ? [] : [note]),
  ];
  return `[GIN] ${time} | ${columns.join(' | ')}`;
}

/** What lines of requests have in common that a client repeats: all but times, and the id of the log that each has. */
export const requestKind = ({
  status,
  client,
  method,
  target,
  note = '',
}: Omit<FinishedRequest, 'at' | 'latency'>): string =>
  [status, client, method, shortened(target), note.replace(/request_id=[^ |]*/g, '')].join(' ');

function shortened(target: string): string {
  return target.length > maxTargetLength ? `${target.slice(0, maxTargetLength)}…` : target;
}

export function requestLevel(status: number): LogLevel {
  return status >= 500 ? 'error' : status >= 400 ? 'warning' : 'info';
}

/** Keys by the documented rule, and `value`, which names the key to delete in the lists of keys. */
const secretName = /^(?:key|value)$|api[-_]?key|token|secret/i;
/** Too short, or too short-lived, to show any part of. */
const hiddenName = /^(?:code|state|password|user_code|device_code)$|verifier/i;

/** The target with masked query values; a pair without secrets stays as received. */
export function maskTarget(target: string): string {
  const start = target.indexOf('?');
  const safe = (text: string) => text.replaceAll('"', '%22');
  if (start < 0) return safe(maskUrlUserInfo(target));
  const pairs = target
    .slice(start + 1)
    .split('&')
    .map(maskPair);
  return safe(`${maskUrlUserInfo(target.slice(0, start))}?${pairs.join('&')}`);
}

function maskPair(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair;
  const name = decode(pair.slice(0, equals));
  const received = pair.slice(equals + 1);
  const value = decode(received);
  const masked = hiddenName.test(name) ? '***' : secretName.test(name) ? mask(value) : maskUrlUserInfo(value);
  return masked === value
    ? pair
    : `${pair.slice(0, equals)}=${encodeURI(masked.toWellFormed()).replaceAll('&', '%26')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
