// The text of a request log. Its section titles are those of CLIProxyAPI; keys and cookies are masked.

import { mask, maskUrlUserInfo } from '../../lib/mask.ts';
import { rfc3339 } from '../../lib/time/local-time.ts';
import { maskTarget } from '../../logs/request-line.ts';
import type { DroppedField } from '../model/dropped-fields.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const secretHeader = /auth|api-?key|token|secret|cookie|password|session/i;

/** One header a line; of a secret value only the ends are left, of `Authorization` also the scheme. */
export function headerLines(headers: Headers): string {
  let lines = '';
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') lines += `${name}: ${maskHeader(name, value)}\n`;
    else for (const one of value ?? []) lines += `${name}: ${maskHeader(name, one)}\n`;
  }
  return lines;
}

function maskHeader(name: string, value: string): string {
  if (!secretHeader.test(name)) return maskUrlUserInfo(value);
  const [, scheme = '', secret = value] = /^(bearer |basic )(.*)$/is.exec(value) ?? [];
  return `${scheme}${secret.length > 2 ? mask(secret) : '***'}`;
}

export interface RequestFacts {
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  readonly headers: Headers;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly version: string;
}

export const requestSection = ({ method, target, headers, at, version }: RequestFacts): string =>
  `=== REQUEST INFO ===\nVersion: ${version}\nURL: ${maskTarget(target)}\nMethod: ${method}\nTimestamp: ${rfc3339(at)}\n\n` +
  `=== HEADERS ===\n${headerLines(headers)}\n`;

export const bodyTitle = '=== REQUEST BODY ===\n';

export interface UpstreamFacts {
  /** From 1. */
  readonly number: number;
  readonly at: number;
  readonly url: string;
  /** Who is asked, without the key. */
  readonly auth: string;
  readonly headers: Headers;
  /** What the translation could not carry over. */
  readonly dropped: readonly DroppedField[];
}

const droppedFieldLine = ({ severity, path, reason }: DroppedField): string =>
  `Lost (${severity}): ${path}: ${reason}\n`;

export const upstreamSection = ({ number, at, url, auth, headers, dropped }: UpstreamFacts): string =>
  `\n\n=== API REQUEST ${number} ===\nTimestamp: ${rfc3339(at)}\nUpstream URL: ${maskTarget(url)}\nHTTP Method: POST\n` +
  `Auth: ${auth}\n${dropped.map(droppedFieldLine).join('')}\nHeaders:\n${headerLines(headers)}\n`;

export const upstreamResponseSection = (number: number, at: number, status: number, headers: Headers): string =>
  `\n\n=== API RESPONSE ${number} ===\nTimestamp: ${rfc3339(at)}\nStatus: ${status}\nHeaders:\n${headerLines(headers)}\n`;

export const responseSection = (status: number, headers: Headers): string =>
  `\n\n=== RESPONSE ===\nStatus: ${status}\n${headerLines(headers)}\n`;

/** `v1-responses-2025-11-27T003242-808000000-1a2b3c4d.log` */
export function logName(path: string, at: number, id: string): string {
  const plain = path
    .replace(/^\/+/, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 120);
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
  const fraction = `${String(Math.floor(at) % 1_000).padStart(3, '0')}000000`;
  return `${plain || 'root'}-${day}T${time}-${fraction}-${id}.log`;
}
