// The address of a call below a base address, as people write base addresses.
import { LRUCache } from 'lru-cache';

const isVersion = (segment: string | undefined): boolean => /^v\d[a-z0-9]*$/.test(segment ?? '');
const segments = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

/** Every request of a client asks for one of few addresses. */
const joined = new LRUCache<string, URL>({ max: 256 });
/** Letters; longer addresses are joined each time. */
const maxNameLength = 1_000;

/**
 * `path` begins with a slash and may have a query. A query of the base is kept. A base that already names the version
 * or the beginning of the path (even all of it) does not get it twice. Throws when the base is no address. The same for
 * all who ask: it is not changed.
 */
export function joinUrl(base: string, path: string): Readonly<URL> {
  const name = `${base} ${path}`;
  const known = joined.get(name);
  if (known !== undefined) return known;
  const url = join(base, path);
  if (name.length <= maxNameLength) joined.set(name, url);
  return url;
}

function join(base: string, path: string): URL {
  const url = new URL(base);
  const [pathname = '', query] = path.split('?');
  const before = segments(url.pathname);
  const after = segments(pathname);
  let shared = Math.min(before.length, after.length);
  while (shared > 0 && after.slice(0, shared).some((one, at) => one !== before[before.length - shared + at])) shared--;
  if (shared === 0 && isVersion(before.at(-1)) && isVersion(after[0])) shared = 1;
  url.pathname = `/${[...before, ...after.slice(shared)].join('/')}`;
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value);
  return url;
}
