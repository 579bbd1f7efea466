// Deep links, `cliproxy://…`: each opens a place in the window. None does anything by itself.
import { loginNames } from '../../src-shared/contract/accounts.ts';

export const linkScheme = 'cliproxy';

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
export function placeOfLink(link: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  if (url.protocol !== `${linkScheme}:`) return undefined;
  const [name = '', detail = '', ...rest] = `${url.host}${url.pathname}`.split('/').filter((part) => part !== '');
  if (rest.length > 0) return undefined;
  if (name === 'add-key' && detail === '') return 'providers';
  if (name === 'login') return loginNames.some((known) => known === detail) ? `accounts/login/${detail}` : undefined;
  if (name === 'settings' && /^[\w-]{1,60}$/.test(detail)) return `settings/${detail}`;
  return pages.has(name) && detail === '' ? name : undefined;
}

/** The first of our links among the arguments of a second start. */
export function placeInArguments(args: readonly string[]): string | undefined {
  return args.map(placeOfLink).find((place) => place !== undefined);
}
