// What a `proxy-url` may say. The same key stands at the top of the config, in entries and in account files.
import { Problem } from '../../src-shared/problem.ts';

const protocols = ['http:', 'https:', 'socks5:', 'socks5h:'];
const expected = 'Write http://, https:// or socks5:// with host and port, such as http://127.0.0.1:3128.';

/** Whether a proxy URL asks for no proxy at all: `direct` or `none` in any case. An empty one asks for nothing. */
export const isDirect = (proxyUrl: string): boolean => ['direct', 'none'].includes(proxyUrl.trim().toLowerCase());

/**
 * The proxy of a `proxy-url`, or `undefined` for none. Throws Problem `invalid_value` for an address that can never
 * be used; the sentence does not repeat the address, which may hold a password. Names are resolved by the proxy with
 * `socks5:` as with `socks5h:`, so that the two are one.
 */
export function parseProxyUrl(proxyUrl: string): URL | undefined {
  const address = proxyUrl.trim();
  if (address === '' || isDirect(address)) return undefined;
  if (!URL.canParse(address)) throw new Problem('invalid_value', `The proxy address is not a URL. ${expected}`);
  const given = new URL(address);
  if (!protocols.includes(given.protocol)) {
    throw new Problem('invalid_value', `A proxy address cannot start with "${given.protocol}". ${expected}`);
  }
  if (given.hostname === '') throw new Problem('invalid_value', `The proxy address has no host. ${expected}`);
  try {
    decodeURIComponent(given.username + given.password);
  } catch {
    throw new Problem('invalid_value', 'The user or password in the proxy address has a % that encodes nothing.');
  }
  return given.protocol === 'socks5h:' ? new URL(given.href.replace(/^socks5h:/, 'socks5:')) : given;
}
