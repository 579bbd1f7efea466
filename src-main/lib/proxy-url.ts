// What a `proxy-url` may say. The same key stands at the top of the config, in entries and in account files.

const protocols = ['http:', 'https:', 'socks5:', 'socks5h:'];
const expected = 'Write http://, https:// or socks5:// with host and port, such as http://127.0.0.1:3128.';

/** Whether a proxy URL asks for no proxy at all: `direct` or `none` in any case. An empty one asks for nothing. */
export const isDirect = (proxyUrl: string): boolean => ['direct', 'none'].includes(proxyUrl.trim().toLowerCase());

/** `url` is undefined for no proxy. `error` says why the address can never be used. */
type ReadProxyUrl =
  | { readonly url: URL | undefined; readonly error?: undefined }
  | { readonly url?: undefined; readonly error: string };

/**
 * The proxy of a `proxy-url`. The error does not repeat the address, which may hold a password. Names are resolved by
 * the proxy with `socks5:` as with `socks5h:`, so that the two are one.
 */
export function readProxyUrl(proxyUrl: string): ReadProxyUrl {
  if (proxyUrl.trim() === '' || isDirect(proxyUrl)) return { url: undefined };
  const address = encodeCredentials(proxyUrl.trim());
  if (!URL.canParse(address)) return { error: `The proxy address is not a URL. ${expected}` };
  const given = new URL(address);
  if (!protocols.includes(given.protocol))
    return { error: `A proxy address cannot start with "${given.protocol}". ${expected}` };
  if (given.hostname === '') return { error: `The proxy address has no host. ${expected}` };
  try {
    decodeURIComponent(given.username + given.password);
  } catch {
    return { error: 'The user or password in the proxy address has a % that encodes nothing.' };
  }
  return { url: given.protocol === 'socks5h:' ? new URL(given.href.replace(/^socks5h:/, 'socks5:')) : given };
}

/**
 * A password may be written as it is: what stands before the last `@` belongs to it, with every character that a URL
 * gives another meaning. An address without such characters stays as it is.
 */
function encodeCredentials(address: string): string {
  const start = address.indexOf('://') + 3;
  const end = address.lastIndexOf('@');
  if (start === 2 || end < start) return address;
  const credentials = address
    .slice(start, end)
    .toWellFormed()
    .replace(/[^!$&'()*+,;=:%\w.~-]/gu, encodeURIComponent);
  return address.slice(0, start) + credentials + address.slice(end);
}
