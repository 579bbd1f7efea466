// The edits that take chosen keys of another config over into the own one.
import type { Config } from '../../src-shared/config.ts';
import { isObject } from '../../src-shared/json.ts';
import { bareKeys, type KeyListName, keyListNames } from '../../src-shared/providers.ts';
import { entriesForBareKeys, setClientKeys, setKeyList } from '../config/config-view.ts';
import type { Edit } from '../config/store/snapshot.ts';

/** The other config: as in force, and the plain values of its text. */
export interface ForeignConfig {
  readonly config: Config;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Items of a list that are not here yet come after the own ones; of a mapping only the keys that the other config has
 * are replaced; other values are replaced.
 */
export const editsFor = (own: Config, foreign: ForeignConfig, keys: readonly string[]): readonly Edit[] =>
  keys.flatMap((key) => editsForKey(own, foreign, key));

function editsForKey(own: Config, { config, fields }: ForeignConfig, key: string): readonly Edit[] {
  const value = fields[key];
  // Older configs have the client keys under `auth`.
  if (key === 'api-keys' || key === 'auth') return setClientKeys(own, joined(own['api-keys'], config['api-keys']));
  if (key === bareKeys.bareList) {
    const entries = entriesForBareKeys(own, config[bareKeys.bareList]);
    return setKeyList(bareKeys.list, joined(own[bareKeys.list], entries));
  }
  if (Array.isArray(value)) {
    if (isKeyList(key)) return setKeyList(key, joined(own[key], value));
    const present: unknown = Object.entries(own).find(([name]) => name === key)?.[1];
    return [{ path: [key], value: joined(Array.isArray(present) ? present : [], value) }];
  }
  if (isObject(value)) {
    return Object.entries(value)
      .filter(([name, inner]) => !(key === 'remote-management' && name === 'secret-key' && inner === ''))
      .map(([name, inner]) => ({ path: [key, name], value: inner }));
  }
  return value === null || value === undefined ? [] : [{ path: [key], value }];
}

const isKeyList = (key: string): key is KeyListName => (keyListNames as readonly string[]).includes(key);

/** An entry that is here already keeps its own details. */
function joined<T>(own: readonly T[], foreign: readonly T[]): readonly T[] {
  const known = new Set(own.map(identity));
  const added = foreign.filter((item) => {
    const isNew = !known.has(identity(item));
    known.add(identity(item));
    return isNew;
  });
  return [...own, ...added];
}

/** Entries are the same by their key and address, providers by their name, other items by all they have. */
function identity(item: unknown): string {
  if (!isObject(item)) return JSON.stringify(item) ?? '';
  const { name = '', 'api-key': key = '', 'base-url': address = '' } = item;
  if (name !== '') return JSON.stringify(['name', name]);
  return key === '' ? JSON.stringify(item) : JSON.stringify(['key', key, address]);
}
