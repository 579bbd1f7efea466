// A program that is killed while it writes its history.
import path from 'node:path';
import { expect, test } from 'vitest';
import { keptIds, killWriter } from '../support/killed-history.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a kill leaves an undamaged file with every request that was written, each once', async () => {
  const file = path.join(tempFolder(), 'history', 'one.sqlite');
  const all: string[] = [];
  const sure: string[] = [];
  for (let kill = 0; kill < 3; kill++) {
    const { ended, kept } = await killWriter(file, 2);
    expect(kept).toBeGreaterThan(0);
    all.push(...ended.map(({ id }) => id));
    sure.push(...ended.slice(0, kept).map(({ id }) => id));
    const { ids, setAside } = await keptIds(file);
    expect(setAside).toBeUndefined();
    expect(new Set(ids).size).toBe(ids.length);
    const there = new Set(ids);
    expect(sure.filter((id) => !there.has(id))).toEqual([]);
    expect(ids.length).toBeLessThanOrEqual(all.length + 1);
  }
});
