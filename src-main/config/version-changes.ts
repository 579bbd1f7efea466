// Versions of the config with what each of them changed.
import { LRUCache } from 'lru-cache';
import type { ConfigVersion } from '../../src-shared/contract/config-history.ts';
import { changesBetween, type VersionChanges } from './config-changes.ts';

/** As it is kept. */
export type StoredVersion = Omit<ConfigVersion, keyof VersionChanges>;

/** The oldest has nothing to be compared with. */
const none: VersionChanges = { changes: [], total: 0, added: 0, removed: 0 };

/** Pairs that are remembered, more than there are versions. */
const maxPairs = 40;

/**
 * Adds to each of `versions`, newest first, what is different in the one before. Versions never change, so that each
 * pair is compared once.
 */
export function versionComparer(textOf: (id: string) => Promise<string>) {
  const compared = new LRUCache<string, VersionChanges>({ max: maxPairs });

  async function changesIn(before: string, after: string): Promise<VersionChanges> {
    const pair = `${before} ${after}`;
    const known = compared.get(pair);
    if (known !== undefined) return known;
    const found = changesBetween(await textOf(before), await textOf(after));
    compared.set(pair, found);
    return found;
  }

  return (versions: readonly StoredVersion[]): Promise<ConfigVersion[]> =>
    Promise.all(
      versions.map(async (version, at) => {
        const before = versions[at + 1];
        const { changes, ...counts } = before === undefined ? none : await changesIn(before.id, version.id);
        return { ...version, changes: [...changes], ...counts };
      }),
    );
}
