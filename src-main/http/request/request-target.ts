// Which host and path a request means, where it says so in more than one way.
import type { IncomingMessage } from 'node:http';
import { type HttpResponse, json } from '../response.ts';

const ambiguousHost = json(
  { error: 'invalid host', message: 'The request names more than one host. Send one Host header, and a plain path.' },
  400,
);

/**
 * The response to a request that names more than one host (RFC 9112, section 3.2); `undefined` for any other. A target
 * in absolute form that names the host of the `Host` header is replaced by its path.
 */
export function resolveTarget(request: IncomingMessage): HttpResponse | undefined {
  const { rawHeaders, headers, url = '/' } = request;
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length > 1) return ambiguousHost;
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url);
  if (authority === null) return undefined;
  const [start, host = ''] = authority;
  if (host === '' || host.toLowerCase() !== (headers.host ?? '').toLowerCase()) return ambiguousHost;
  const rest = url.slice(start.length);
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  return undefined;
}
