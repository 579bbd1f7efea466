// What is different between two versions of the config, without the secrets in it.
import { diffLines } from 'diff';
import type { ConfigChange } from '../../src-shared/contract/config-history.ts';
import { isObject } from '../../src-shared/json.ts';
import { maskUrlUserInfo } from '../lib/mask.ts';
import { parseConfig } from './yaml/read/parsed.ts';

export interface VersionChanges {
  /** The first of them. */
  readonly changes: readonly ConfigChange[];
  /** How many there are in all. */
  readonly total: number;
  readonly added: number;
  readonly removed: number;
}

/** More than a sentence can tell. */
const maxChanges = 4;
/** Longer texts are compared by nobody's eye, and slowly. */
const maxLength = 512 * 1024;
const maxEditLength = 4_000;
const maxValue = 60;

const secretName = /key|token|secret|password|authorization|cookie/i;

/** Texts that are no config or too long count as changed by nothing that can be named. */
export function changesBetween(before: string, after: string): VersionChanges {
  const nothing = { changes: [], total: 0, added: 0, removed: 0 };
  if (before.length > maxLength || after.length > maxLength) return nothing;
  const lines = diffLines(before, after, { maxEditLength }) ?? [];
  const count = (kind: 'added' | 'removed') =>
    lines.reduce((sum, part) => (part[kind] ? sum + (part.count ?? 0) : sum), 0);
  const all = [...compare('', parsed(before), parsed(after))];
  return { changes: all.slice(0, maxChanges), total: all.length, added: count('added'), removed: count('removed') };
}

function parsed(text: string): unknown {
  try {
    return parseConfig(text).fields;
  } catch {
    // An invalid text was never in force; only a file that somebody else has put there can be one.
    return {};
  }
}

function* compare(path: string, before: unknown, after: unknown): Generator<ConfigChange> {
  if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      yield* compare(path === '' ? key : `${path}.${key}`, before[key], after[key]);
    }
  } else if (Array.isArray(before) || Array.isArray(after)) {
    yield* compareLists(path, Array.isArray(before) ? before : [], Array.isArray(after) ? after : []);
  } else if (JSON.stringify(before) !== JSON.stringify(after)) {
    const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    yield { path, kind, item: '', before: shown(path, before), after: shown(path, after) };
  }
}

/** Items are the same when they are equal, and still the same when only what they are called is. */
function* compareLists(path: string, before: readonly unknown[], after: readonly unknown[]): Generator<ConfigChange> {
  const texts = (items: readonly unknown[]) => new Set(items.map((item) => JSON.stringify(item)));
  const [old, fresh] = [texts(before), texts(after)];
  const gone = before.filter((item) => !fresh.has(JSON.stringify(item)));
  const come = after.filter((item) => !old.has(JSON.stringify(item)));
  const change = (kind: ConfigChange['kind'], item: unknown): ConfigChange => ({
    ...{ path, kind, item: nameOf(item), before: '', after: '' },
  });
  const names = new Set(gone.map(nameOf).filter((name) => name !== ''));
  const kept = new Set(come.map(nameOf).filter((name) => names.has(name)));
  for (const item of come) yield change(kept.has(nameOf(item)) ? 'changed' : 'added', item);
  for (const item of gone) if (!kept.has(nameOf(item))) yield change('removed', item);
  if (gone.length === 0 && come.length === 0 && JSON.stringify(before) !== JSON.stringify(after)) {
    yield { path, kind: 'moved', item: '', before: '', after: '' };
  }
}

/** What an item of a list is called; keys have no name. */
function nameOf(item: unknown): string {
  if (!isObject(item)) return '';
  const { name } = item;
  return typeof name === 'string' ? name.slice(0, maxValue) : '';
}

/** A value as it may be read; `''` for secrets and for what is more than one value. */
function shown(path: string, value: unknown): string {
  if (secretName.test(path) || value === undefined || (typeof value === 'object' && value !== null)) return '';
  return maskUrlUserInfo(String(value)).slice(0, maxValue);
}
