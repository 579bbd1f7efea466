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
  const owed: string[] = [];
  let newest = '';
  for (let kill = 0; kill < kills; kill++) {
    const { ended, killedAt } = await killWriter(file, 3);
    const due = ended.filter(({ at }) => at < killedAt - batchMs).map(({ id }) => id);
    // What was there before this round is looked at once, at the end.
    const { ids, setAside } = await keptIds(file, newest);
    expect(setAside).toBeUndefined();
    const there = new Set(ids);
    expect(there.size).toBe(ids.length);
    expect(due.filter((id) => !there.has(id))).toEqual([]);
    owed.push(...due);
    newest = ids[0] ?? newest;
  }
  const { ids } = await keptIds(file);
  const there = new Set(ids);
  expect(there.size).toBe(ids.length);
  expect(owed.filter((id) => !there.has(id))).toEqual([]);
});
