// Which models a key or account offers, from its own aliases, the known lists, and what is excluded.
import type { ModelAlias } from '../../../src-shared/config.ts';
import { fitsPattern } from '../../models/model-names.ts';
import type { OfferedModel } from './credential.ts';

const trimmed = (value: string | undefined) => (value ?? '').trim();

/** The entries of a `models` list; an entry without alias goes by its name. The first of equal aliases counts. */
export function aliasedModels(entries: readonly ModelAlias[], owner: string): readonly OfferedModel[] {
  const offered = new Map<string, OfferedModel>();
  for (const entry of entries) {
    const upstream = trimmed(entry.name) || trimmed(entry.alias);
    const name = trimmed(entry.alias) || upstream;
    if (name !== '' && !offered.has(name.toLowerCase())) offered.set(name.toLowerCase(), { name, upstream, owner });
  }
  return [...offered.values()];
}

export const namedModels = (names: readonly string[], owner: string): readonly OfferedModel[] =>
  names.map((name) => ({ name, upstream: name, owner }));

/** Without the models that one of the patterns names; `*` stands for any characters, case does not matter. */
export function withoutExcluded(models: readonly OfferedModel[], patterns: readonly string[]): readonly OfferedModel[] {
  const excluded = patterns.map(trimmed).filter(Boolean);
  if (excluded.length === 0) return models;
  const isExcluded = (name: string) => excluded.some((pattern) => fitsPattern(name, pattern));
  return models.filter(({ name, upstream }) => !isExcluded(name) && !isExcluded(upstream));
}
