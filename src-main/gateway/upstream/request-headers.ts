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
}): Record<string, string> {
  const { credential, client, stream, userAgent } = options;
  const { upstream, key, account } = credential;
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    'content-type': 'application/json',
    accept: stream ? 'text/event-stream' : 'application/json',
    ...upstream.needs,
  };
  for (const name of upstream.passes) {
    const value = client[name];
    if (typeof value === 'string') headers[name] = value;
  }
  for (const [name, value] of Object.entries(upstream.auth({ key, account: account?.content }))) {
    const given = headers[name];
    headers[name] = name === 'anthropic-beta' && given !== undefined ? joined(given, value) : value;
  }
  for (const [name, value] of Object.entries(credential.headers)) {
    const lower = name.toLowerCase();
    if (!own.has(lower)) headers[lower] = value;
  }
  return headers;
}

const joined = (list: string, value: string) =>
  list.split(',').some((one) => one.trim() === value) ? list : `${list},${value}`;
