// Which proxy the environment names for an address, as Go's http.ProxyFromEnvironment reads it, which CLIProxyAPI uses.
import { BlockList, isIP } from 'node:net';
import { isLoopbackAddress } from '../lib/loopback.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Of variables that name each other's exceptions without end. */
const maxExceptions = 1000;

/** `''` for none. This computer is always reached directly. */
export function environmentProxy(url: URL, env: Environment): string {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || isLoopbackAddress(host)) return '';
  const own = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = variable(env, own) || variable(env, 'ALL_PROXY');
  if (proxy === '' || isExcepted(host, url, variable(env, 'NO_PROXY'))) return '';
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** Whether the environment names any proxy at all. */
export const hasEnvironmentProxy = (env: Environment): boolean =>
  ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].some((name) => variable(env, name) !== '');

const variable = (env: Environment, name: string): string => (env[name] || env[name.toLowerCase()] || '').trim();

function isExcepted(host: string, url: URL, exceptions: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return exceptions
    .toLowerCase()
    .split(/[\s,]/)
    .slice(0, maxExceptions)
    .some((exception) => exception !== '' && fits(host, port, exception));
}

/** `*`, a name with its subdomains, `.name` or `*.name` for subdomains alone, an address, a range; each with a port. */
function fits(host: string, port: string, exception: string): boolean {
  if (exception === '*') return true;
  if (exception.includes('/')) return isInRange(host, exception);
  const { name, port: wanted } = withPort(exception);
  if (wanted !== '' && wanted !== port) return false;
  if (isIP(host) !== 0) return host === name;
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  if (suffix.startsWith('.')) return host.endsWith(suffix);
  return host === suffix || host.endsWith(`.${suffix}`);
}

function withPort(exception: string): { readonly name: string; readonly port: string } {
  if (exception.startsWith('[')) {
    const end = exception.indexOf(']');
    return { name: exception.slice(1, end), port: exception.slice(end + 2) };
  }
  const colon = exception.indexOf(':');
  // An IPv6 address without brackets has several colons, and no port.
  if (colon === -1 || colon !== exception.lastIndexOf(':')) return { name: exception, port: '' };
  return { name: exception.slice(0, colon), port: exception.slice(colon + 1) };
}

function isInRange(host: string, range: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, Number(bits), type);
  return list.check(host, type);
}
