// Every name that a request for a model could hide behind.
import { upstreamModel } from '../routing/resolver.ts';
import type { RouteElement } from '../routing/route/elements.ts';

/** As asked for first; then without thinking suffix, without prefix, without `name://`, and without several of them. */
export function namesBehind({ name, listed, resolved }: RouteElement): readonly string[] {
  const written = [name, listed, resolved.name];
  const bare = written.map((one) => one.replace(/^[^:/]+:\/\//, ''));
  const plain = [...written, ...bare].flatMap((one) => [one, withoutSuffix(one)]);
  // A name such as `gpt-5-high` stands for another model with an effort.
  const efforts = resolved.offers.flatMap((offer) =>
    resolved.thinking !== undefined && upstreamModel(offer) !== offer.model.upstream ? [upstreamModel(offer)] : [],
  );
  const prefixes = new Set(resolved.offers.flatMap(({ credential: { prefix } }) => (prefix === '' ? [] : [prefix])));
  const withoutPrefix = plain.flatMap((one) =>
    [...prefixes].flatMap((prefix) => (one.startsWith(`${prefix}/`) ? [one.slice(prefix.length + 1)] : [])),
  );
  return [...new Set([...plain, ...withoutPrefix, ...efforts])];
}

function withoutSuffix(name: string): string {
  if (name.endsWith(')') && name.includes('(')) return name.slice(0, name.lastIndexOf('('));
  return name.replace(/-(?:nothinking|thinking-\d{1,9})$/i, '');
}
