// Which addresses and host names stand for this machine.
import { isIP, SocketAddress } from 'node:net';

/**
 * An IP address in canonical form: without zone, IPv6 shortened, an IPv4-mapped address as IPv4.
 * `undefined` for anything else.
 */
export function canonicalAddress(text: string): string | undefined {
  const family = isIP(text);
  if (family === 0) return undefined;
  if (family === 4) return text;
  const bare = text.replace(/%.*$/s, '');
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' });
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1] ?? address;
}

/** Whether a text is an address of this machine itself. */
export function isLoopbackAddress(text: string): boolean {
  const address = canonicalAddress(text);
  return address !== undefined && (address.startsWith('127.') || address === '::1');
}

/** The name in a `Host` header or an address bar, in lower case, without port and brackets. */
export function hostName(host: string): string | undefined {
  const match = /^(?:\[([^\]]*)\]|([^:[\]@/]*))(?::\d*)?$/.exec(host.trim().toLowerCase());
  return match?.[1] ?? match?.[2]?.replace(/\.$/, '');
}

/** Whether a `Host` header names this machine: localhost or a loopback address, on any port. */
export function isLoopbackHost(host: string): boolean {
  const name = hostName(host);
  return name === 'localhost' || (name !== undefined && isLoopbackAddress(name));
}
