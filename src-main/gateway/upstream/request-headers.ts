// The headers of a request to an upstream, by allow-list: nothing of the client passes unasked.
import type { IncomingHttpHeaders } from 'node:http';
import type { Credential } from '../routing/credential.ts';

/** Headers that an entry of the config may not set: they belong to the connection. */
const own = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade', 'keep-alive']);

export function upstreamHeaders(options: {
  readonly credential: Credential;
  readonly client: IncomingHttpHeaders;
  readonly stream: boolean;
  readonly userAgent: string;
  /** Instead of those of a JSON request; an undefined one is left out. */
  readonly own?: Readonly<Record<string, string | undefined>> | undefined;
}): Record<string, string> {
  const { credential, client, stream, userAgent, own: given = {} } = options;
  const { upstream, key, account } = credential;
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    'content-type': 'application/json',
    accept: stream ? 'text/event-stream' : 'application/json',
    ...upstream.needs,
  };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  }
  for (const name of upstream.passes) {
    const value = client[name];
    if (typeof value === 'string') headers[name] = value;
  }
  for (const [name, value] of Object.entries(upstream.auth({ key, account: account?.content }))) {
    const before = headers[name];
    headers[name] = name === 'anthropic-beta' && before !== undefined ? joined(before, value) : value;
  }
  for (const [name, given] of Object.entries(credential.headers)) {
    const lower = name.trim().toLowerCase();
    const value = given.trim().startsWith('$') ? copied(given.trim().slice(1), client) : given.trim();
    if (lower !== '' && value !== '' && !own.has(lower)) headers[lower] = value;
  }
  return headers;
}

/** What clients prove who they are with, which is no business of an upstream. */
const secret = new Set([
  'authorization',
  'x-api-key',
  'x-goog-api-key',
  'cookie',
  'proxy-authorization',
  'x-management-key',
]);

/** The client's own header of this name; `''` when it is not sent, or is not to be known upstream. */
function copied(name: string, client: IncomingHttpHeaders): string {
  const lower = name.trim().toLowerCase();
  const value = secret.has(lower) ? undefined : client[lower];
  return typeof value === 'string' ? value.trim() : '';
}

const joined = (list: string, value: string) =>
  list.split(',').some((one) => one.trim() === value) ? list : `${list},${value}`;
