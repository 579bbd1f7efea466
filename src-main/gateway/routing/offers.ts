// Which models a key or account offers, from its own aliases, the known lists, and what is excluded.
import type { ModelAlias } from '../../../src-shared/config.ts';
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
  const excluded = patterns.map(trimmed).filter(Boolean).map(wildcard);
  if (excluded.length === 0) return models;
  return models.filter(({ name, upstream }) => !excluded.some((matches) => matches(name) || matches(upstream)));
}

/** Not a regular expression: with many stars in it, one would take very long on a long name. */
function wildcard(pattern: string): (name: string) => boolean {
  const [head = '', ...rest] = pattern.toLowerCase().split('*');
  const tail = rest.pop();
  return (name) => {
    const text = name.toLowerCase();
    if (tail === undefined) return text === head;
    if (!text.startsWith(head)) return false;
    let at = head.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - tail.length >= at && text.endsWith(tail);
  };
}
