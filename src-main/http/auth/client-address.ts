// The address of a client, and whether it is on this machine.
import type { IncomingHttpHeaders } from 'node:http';
import { canonicalAddress, isLoopbackAddress } from '../../lib/loopback.ts';

export interface ClientAddress {
  /** The address that is counted, banned, logged and shown; `unknown` where none can be read. */
  readonly address: string;
  readonly local: boolean;
}

export interface ClientFacts {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** All unreadable and contradictory values share one name, so that inventing them evades no ban. */
const unknown = 'unknown';

/**
 * Forwarding headers are trusted only from a loopback peer, which is then a proxy on this machine, and only to make a
 * client remote. Of several addresses in one header the one nearest to the server counts: those before it can be
 * forged. Where two headers name different addresses, one of them may be the client's own invention, and nothing tells
 * which: nginx, for one, passes on an `X-Forwarded-For` that it was not told to set.
 */
export function clientAddress({ headers, socket }: ClientFacts): ClientAddress {
  const peer = canonicalAddress(socket.remoteAddress ?? '');
  if (peer === undefined || !isLoopbackAddress(peer)) return { address: peer ?? unknown, local: false };
  // Nobody stands between most clients and this server.
  if (!isForwarded(headers)) return { address: peer, local: true };
  const foreign = [
    nearestForeign(listed(headers['x-forwarded-for'])),
    nearestForeign(listed(headers['x-real-ip'])),
    nearestForeign(forwardedFor(headers.forwarded)),
  ].filter((address) => address !== undefined);
  if (foreign.length === 0) return { address: peer, local: true };
  const [address, ...others] = new Set(foreign.filter((each) => each !== unknown));
  return { address: address !== undefined && others.length === 0 ? address : unknown, local: false };
}

const isForwarded = (headers: IncomingHttpHeaders): boolean =>
  headers['x-forwarded-for'] !== undefined || headers['x-real-ip'] !== undefined || headers.forwarded !== undefined;

/** The last address of a list that is not this machine. */
function nearestForeign(names: readonly string[]): string | undefined {
  const nearest = names.findLast((name) => !isLoopbackAddress(withoutPort(name)));
  return nearest === undefined ? undefined : (canonicalAddress(withoutPort(nearest)) ?? unknown);
}

/** `192.0.2.1:47`, `[2001:db8::1]` and `[2001:db8::1]:47` without brackets and port. */
function withoutPort(name: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(name)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(name)?.[1] ?? name;
}

function listed(header: string | readonly string[] | undefined): readonly string[] {
  return [header ?? []]
    .flat()
    .flatMap((line) => line.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The `for` values of a Forwarded header (RFC 7239). Malformed parts are returned unchanged. */
function forwardedFor(header = ''): readonly string[] {
  // No address needs an escape, and after an unterminated quote no part can be trusted.
  if (header.includes('\\') || header.split('"').length % 2 === 0) return [header];
  const names: string[] = [];
  for (const pair of header.match(/(?:"[^"]*"|[^",;])+/g) ?? []) {
    const [, key, value] = /^\s*([^\s="]+)=(.*)$/s.exec(pair) ?? [];
    if (key === undefined || value === undefined) names.push(...listed(pair));
    else if (key.toLowerCase() === 'for') names.push(value.trim().replace(/^"(.*)"$/s, '$1'));
  }
  return names;
}
