// 300 kills of a program that writes its history: no damaged file, nothing doubled, nothing older than a batch missing.
import path from 'node:path';
import { expect, test } from 'vitest';
import { keptIds, killWriter } from '../support/killed-history.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { scale } from './scale.ts';

const kills = Math.ceil(300 * scale);
/** Requests that ended earlier before the kill are in the file. Milliseconds. */
const batchMs = 250;

test(`after ${kills} kills at most the last 250 ms are missing`, { timeout: 60 * 60_000 }, async () => {
  const file = path.join(tempFolder(), 'history', 'one.sqlite');
  const owed = new Set<string>();
  for (let kill = 0; kill < kills; kill++) {
    const { ended, killedAt } = await killWriter(file, 3);
    for (const { id, at } of ended) if (at < killedAt - batchMs) owed.add(id);
    const { ids, setAside } = await keptIds(file);
    expect(setAside).toBeUndefined();
    expect(new Set(ids).size).toBe(ids.length);
    const there = new Set(ids);
    expect([...owed].filter((id) => !there.has(id))).toEqual([]);
  }
});
