// Changing a list of strings or entries: pure, list in, list out.
import { isDeepStrictEqual } from 'node:util';
import { missingSelector } from '../../../src-shared/contract/helpers/entry-list-rows.ts';
import { isObject } from '../../../src-shared/json.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { EntryRules } from './entry-rules.ts';

const inRange = (list: readonly unknown[], index: number | undefined): index is number =>
  index !== undefined && index >= 0 && index < list.length;

const replaced = <T>(list: readonly T[], index: number, item: T) => list.with(index, item);

export interface StringPatch {
  readonly index?: number | undefined;
  readonly value?: string | undefined;
  readonly old?: string | undefined;
  readonly new?: string | undefined;
}

/** Index with value first, then old with new; an unknown `old` appends. Throws `missing_fields`. */
export function patchStrings(list: readonly string[], patch: StringPatch): readonly string[] {
  if (inRange(list, patch.index) && patch.value !== undefined) return replaced(list, patch.index, patch.value);
  if (patch.old === undefined || patch.new === undefined) throw new Problem('missing_fields');
  const at = list.indexOf(patch.old);
  return at < 0 ? [...list, patch.new] : replaced(list, at, patch.new);
}

/** By index, else every item whose trimmed text is the value's. Throws `missing_index_or_value`. */
export function removeString(
  list: readonly string[],
  selector: { readonly index?: number | undefined; readonly value?: string | undefined },
): readonly string[] {
  if (inRange(list, selector.index)) return list.toSpliced(selector.index, 1);
  const value = selector.value?.trim() ?? '';
  if (value === '') throw new Problem('missing_index_or_value');
  return list.filter((item) => item.trim() !== value);
}

/**
 * Cleans entries as this list writes them. An entry that reads the same as an existing one is that one,
 * so that a write of the list does not reword entries it does not change.
 */
export function writeEntries<E extends object>(rules: EntryRules<E>, list: readonly E[], entries: readonly E[]) {
  const known = new Map<string, E>();
  for (const entry of list) {
    const [reads] = rules.write([entry]);
    if (reads === undefined) continue;
    const text = sortedText(reads);
    if (!known.has(text)) known.set(text, entry);
  }
  return rules.write(entries).map((entry) => known.get(sortedText(entry)) ?? entry);
}

/** The same for entries that differ in nothing but the order of their members. */
const sortedText = (entry: object): string =>
  JSON.stringify(entry, (_, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  );

export interface EntryPatch<E> {
  readonly index?: number | undefined;
  readonly match?: string | undefined;
  readonly value: E;
}

/** Replaces, merges into, or deletes the entry at an index or with a key or name. Throws `item_not_found`. */
export function patchEntries<E extends object>(
  rules: EntryRules<E>,
  list: readonly E[],
  patch: EntryPatch<E>,
): readonly E[] {
  const wanted = rules.selector(patch.match ?? '');
  const at = inRange(list, patch.index)
    ? patch.index
    : patch.match !== undefined
      ? list.findIndex((entry) => rules.identity(entry) === wanted)
      : -1;
  const old = list[at];
  if (old === undefined) throw new Problem('item_not_found');
  if (rules.deletes(patch.value)) return list.toSpliced(at, 1);
  if (!rules.replaces(patch.value)) {
    const merged = { ...old, ...patch.value };
    const [reads] = rules.write([merged]);
    return writeEntries(rules, list, replaced(list, at, merged)).map((entry) =>
      isDeepStrictEqual(entry, reads) ? onlyMembersOf(entry, merged) : entry,
    );
  }
  const keptName = 'name' in old && !('name' in patch.value) ? { name: old.name } : {};
  return writeEntries(rules, list, replaced(list, at, { ...keptName, ...patch.value }));
}

/** A merge adds no members that nobody asked for. */
const onlyMembersOf = <E extends object>(entry: E, asked: E): E =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => Object.hasOwn(asked, name))) as E;

export interface EntrySelector {
  readonly index?: number | undefined;
  readonly 'api-key'?: string | undefined;
  readonly 'base-url'?: string | undefined;
  readonly name?: string | undefined;
}

/**
 * Deletes by key (with `base-url` both must match; an empty one counts) or name, else by index.
 * Throws the list's "missing …" problem, or `item_not_found` where the list says so.
 */
export function removeEntries<E extends object>(
  rules: EntryRules<E>,
  kind: 'match' | 'name',
  list: readonly E[],
  selector: EntrySelector,
): readonly E[] {
  const wanted = rules.selector((kind === 'name' ? selector.name : selector['api-key']) ?? '');
  if (wanted !== '') {
    const base = selector['base-url'];
    const left = list.filter((entry) => {
      const sameBase = base === undefined || baseUrl(entry) === base.trim();
      return rules.identity(entry) !== wanted || !sameBase;
    });
    if (left.length === list.length && rules.missingIsError) throw new Problem('item_not_found');
    return left;
  }
  if (!inRange(list, selector.index)) throw new Problem(missingSelector[kind]);
  return list.toSpliced(selector.index, 1);
}

function baseUrl(entry: object): string {
  const value = (entry as { readonly 'base-url'?: unknown })['base-url'];
  return typeof value === 'string' ? value.trim() : '';
}
