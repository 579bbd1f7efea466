// IP addresses and host names: their canonical form, and which stand for this machine.
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

/**
 * What a subscriber owns behind an address: an IPv6 address stands for its /64 (RFC 6177), such as `2001:db8:1:2::/64`;
 * any other text, such as an IPv4 address, for itself.
 */
export function networkOf(address: string): string {
  const canonical = canonicalAddress(address);
  if (canonical === undefined || isIP(canonical) !== 6) return address;
  const [head = [], tail] = canonical
    .replace(/:\d+\.\d+\.\d+\.\d+$/, ':0:0')
    .split('::')
    .map((groups) => (groups === '' ? [] : groups.split(':')));
  const zeros = tail === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  const prefix = [...head, ...zeros, ...(tail ?? [])].slice(0, 4);
  return `${canonicalAddress(`${prefix.join(':')}::`)}/64`;
}

/** As sockets of clients on this machine name it, so that the usual case costs nothing. */
const usualLoopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whether a text is an address of this machine itself. */
export function isLoopbackAddress(text: string): boolean {
  if (usualLoopback.has(text)) return true;
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
