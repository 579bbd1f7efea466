// Deep links, `cliproxy://…`: each opens a place in the window. None does anything by itself.
import { addKeyOffer } from '../../../src-shared/add-key-link.ts';
import { signInProviders } from '../../../src-shared/providers.ts';

export const deepLinkScheme = 'cliproxy';

const pages: ReadonlySet<string> = new Set([
  'home',
  'accounts',
  'files',
  'providers',
  'keys',
  'usage',
  'logs',
  'config',
  'settings',
  'help',
]);

/** The place a link names: `cliproxy://login/codex` is `accounts/login/codex`. Undefined for what is no link of ours. */
export function routeOfLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== `${deepLinkScheme}:`) return undefined;
  const [name = '', detail = '', ...rest] = `${url.host}${url.pathname}`.split('/').filter((part) => part !== '');
  if (rest.length > 0) return undefined;
  if (name === 'add-key' && detail === '') return addKeyRoute(url.searchParams);
  if (name === 'login')
    return signInProviders.some(({ signIn }) => signIn.login === detail) ? `accounts/login/${detail}` : undefined;
  if (name === 'settings' && /^[\w-]{1,60}$/.test(detail)) return `settings/${detail}`;
  return pages.has(name) && detail === '' ? name : undefined;
}

/** The editor of a new provider, with what the link offers. */
function addKeyRoute(parameters: URLSearchParams): string | undefined {
  if (parameters.size === 0) return 'providers';
  const offer = addKeyOffer((name) => parameters.get(name));
  if (offer === undefined) return undefined;
  const { kind, name, baseUrl } = offer;
  return `providers/${kind}/add?${new URLSearchParams({ name, 'base-url': baseUrl })}`;
}

/** The first of our links among the arguments of a second start. */
export function routeInArguments(args: readonly string[]): string | undefined {
  return args.map(routeOfLink).find((place) => place !== undefined);
}
