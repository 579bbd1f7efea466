// Who can answer a route, and how.
import { fitsPattern } from '../../../src-shared/name-pattern.ts';
import type { Provider, Upstream } from '../../providers/provider.ts';
import { formats } from '../formats/formats.ts';
import type { UpstreamError } from '../model/events.ts';
import type { Credential } from '../routing/credential.ts';
import type { Offer, Pool } from '../routing/pool.ts';
import type { ServiceRoute } from './route-table.ts';

/** `pass`: the bytes go as they are; `translate`: another call of the service answers. */
export type Support = 'pass' | 'translate';

type Asked = Pick<ServiceRoute, 'family' | 'model' | 'name'>;

/** Undefined when the service has nothing for the route, or not with this model. `model` as the upstream names it. */
export function supportOf(route: Asked, { services, format }: Upstream, model: string): Support | undefined {
  if (services === undefined) return undefined;
  const { passes, translates = [], translatable } = services;
  const isOwnForm = formats[format].errorFamily === route.family;
  if (isOwnForm && passes.includes(route.name)) return 'pass';
  if (route.model === 'owner') return undefined;
  const patterns = translatable?.[route.name] ?? ['*'];
  const isTranslatable = translates.includes(route.name) || (!isOwnForm && passes.includes(route.name));
  return isTranslatable && patterns.some((pattern) => fitsPattern(model, pattern)) ? 'translate' : undefined;
}

/**
 * Those of the offers that can answer the route. A name that nobody offers goes to those whose models are called like
 * that and whose entries name none.
 */
export function offersFor(route: Asked, name: string, pool: Pool, named: readonly Offer[]): readonly Offer[] {
  if (named.length > 0)
    return named.filter(({ credential, model }) => supportOf(route, credential.upstream, model.upstream) !== undefined);
  return pool.credentials.flatMap((credential) => {
    const bare = pool.bareName(credential, name);
    return bare !== undefined && isOfFamily(route, bare, credential)
      ? [{ credential, model: { name, upstream: bare, owner: credential.provider }, isKnown: false }]
      : [];
  });
}

function isOfFamily(route: Asked, name: string, { hasOwnModels, upstream, family: { excluded } }: Credential): boolean {
  const family = upstream.services?.families?.[route.name];
  if (hasOwnModels || family === undefined || supportOf(route, upstream, name) === undefined) return false;
  const fits = (pattern: string) => fitsPattern(name, pattern);
  return family.names.some(fits) && !family.except?.some(fits) && !excluded.some(fits);
}

/** What clients are told when the model is known, but not who could do this with it. */
export function notServed(
  { route, path, model }: { readonly route: Asked; readonly path: string; readonly model: string },
  providers: readonly Provider[],
): UpstreamError {
  const upstreams = providers.flatMap(({ row, upstream }) =>
    [upstream.key, upstream.account].flatMap((one) => (one ? [{ title: row.title, upstream: one }] : [])),
  );
  const isAble = ({ upstream: { services } }: (typeof upstreams)[number]) =>
    services?.passes.includes(route.name) || services?.translates?.includes(route.name);
  const titles = [...new Set(upstreams.filter(isAble).map(({ title }) => title))];
  const could = titles.length === 0 ? '' : ` Providers that could: ${titles.join(', ')}.`;
  const whose = model === '' ? 'No key here can' : `The provider of the model ${model} cannot`;
  const message = `${whose} serve ${path}.${could}`;
  return { status: 501, code: 'route_not_supported', message };
}
