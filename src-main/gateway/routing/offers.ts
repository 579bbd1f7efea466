// Which models a key or account offers, from its own aliases, the known lists, and what is excluded.
import type { ModelAlias } from '../../../src-shared/config.ts';
import { fitsPattern } from '../../../src-shared/name-pattern.ts';
import type { Credential, OfferedModel } from './credential.ts';

const trimmed = (value: string | undefined) => (value ?? '').trim();

/** The entries of a `models` list; an entry without alias goes by its name. Entries with equal aliases take turns. */
export function aliasedModels(entries: readonly ModelAlias[], owner: string): readonly OfferedModel[] {
  const offered = new Map<string, OfferedModel>();
  for (const entry of entries) {
    const upstream = trimmed(entry.name) || trimmed(entry.alias);
    const name = trimmed(entry.alias) || upstream;
    const key = `${name.toLowerCase()}\n${upstream}`;
    if (name !== '' && !offered.has(key)) offered.set(key, withAlias(entry, { name, upstream, owner }));
  }
  return [...offered.values()];
}

const withAlias = (entry: ModelAlias, model: OfferedModel): OfferedModel =>
  entry['force-mapping'] === true ? { ...model, shownAs: model.name } : model;

/** What an account offers once its aliases are applied to the names that are known. */
export interface AccountModels {
  readonly listed: readonly OfferedModel[];
  readonly hidden: readonly OfferedModel[];
}

/**
 * An alias takes the place of the model in the list; with `fork` both are listed. Entries that say nothing, and aliases
 * that came before, are ignored.
 */
export function accountModels(
  known: readonly OfferedModel[],
  entries: readonly ModelAlias[],
  owner: string,
): AccountModels {
  const aliases = new Map<string, OfferedModel>();
  const replaced = new Map<string, boolean>();
  for (const entry of entries) {
    const [upstream, name] = [trimmed(entry.name), trimmed(entry.alias)];
    const [model, key] = [upstream.toLowerCase(), name.toLowerCase()];
    if (model === '' || key === '' || model === key || aliases.has(key)) continue;
    aliases.set(key, withAlias(entry, { name, upstream, owner }));
    replaced.set(model, entry.fork !== true && replaced.get(model) !== false);
  }
  const others = known.filter(({ name }) => !aliases.has(name.toLowerCase()));
  const isHidden = ({ name }: OfferedModel) => replaced.get(name.toLowerCase()) === true;
  return {
    listed: [...aliases.values(), ...others.filter((model) => !isHidden(model))],
    hidden: others.filter(isHidden),
  };
}

export const namedModels = (names: readonly string[], owner: string): readonly OfferedModel[] =>
  names.map((name) => ({ name, upstream: name, owner }));

/** Patterns of excluded models, without blank ones. */
export const exclusions = (patterns: readonly string[]): readonly string[] => patterns.map(trimmed).filter(Boolean);

const fitsOne = (name: string, patterns: readonly string[]) => patterns.some((pattern) => fitsPattern(name, pattern));

/** Without the models whose name upstream one of the patterns means: an alias is put on afterwards. */
export const withoutExcluded = (
  models: readonly OfferedModel[],
  patterns: readonly string[],
): readonly OfferedModel[] =>
  patterns.length === 0 ? models : models.filter(({ upstream }) => !fitsOne(upstream, patterns));

/** The model that a credential serves under a name that it does not list. */
export function unlistedModel({ hidden, family }: Credential, name: string): OfferedModel | undefined {
  const known = hidden.find((model) => model.name.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known;
  if (!family.isServed || !fitsOne(name, family.patterns) || fitsOne(name, family.excluded)) return undefined;
  return { name, upstream: name, owner: family.owner };
}

/** Whether an offered model is, by its name, one of the credential's vendor, and not something that the user named. */
export const isOfFamily = ({ family }: Credential, { name, upstream }: OfferedModel): boolean =>
  name === upstream && fitsOne(upstream, family.patterns);
