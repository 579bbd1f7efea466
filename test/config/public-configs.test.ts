// Every shape of config that is found in public starts, with what is told of it, or is refused in words; edits change
// what was asked and no other byte.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { patchEntries } from '../../src-main/config/entries/entry-list.ts';
import { keyListRules } from '../../src-main/config/entries/key-entry-rules.ts';
import type { ConfigStore } from '../../src-main/config/store/config-store.ts';
import type { Actor } from '../../src-shared/operation.ts';
import { keyListNames } from '../../src-shared/providers.ts';
import { openStore } from '../support/config-stores.ts';
import { officialExamples } from './official-examples.ts';
import { publicConfigs } from './public-configs.ts';

const window: Actor = { kind: 'window' };
const shapes = [...officialExamples, ...publicConfigs];
const accepted = shapes.filter((shape) => !('refused' in shape));

test('there are as many as were found', () => expect(shapes).toHaveLength(36));

const toldOf = (store: ConfigStore) =>
  store.current.notices.map(({ kind, path, line }) => ({ told: `${kind} ${path}`, line }));

describe.each(accepted)('$name', ({ text, notices = [] }) => {
  test('starts, and each key without effect is told once, with its line', async () => {
    const { store } = await openStore(text);
    const told = toldOf(store);
    expect(told.map((one) => one.told).sort()).toEqual([...notices].sort());
    const lines = text.split('\n');
    // Of what concerns the whole file the first line is named, or that of the host.
    for (const { told: one, line } of told.filter((each) => !each.told.endsWith(' tls'))) {
      const name = one
        .replace(/^\S+ /, '')
        .replace(/^.*\./, '')
        .replace(/\[\d+\]$/, '');
      expect(lines[line - 1], one).toMatch(one.startsWith('unsafe') ? /your-api-key/ : new RegExp(`${name}"?:`));
    }
    const places = told.map(({ line }) => line);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('keeps all other bytes through edits', async () => {
    const { store, file } = await openStore(text);
    const others = (content: string) => content.replace(/^debug: .*\n/m, '').replace(/,"debug": ?(?:true|false)/, '');
    await store.edit(() => [{ path: ['debug'], value: true }], window);
    expect(others(readFileSync(file, 'utf8'))).toBe(others(text));
    const edited = readFileSync(file, 'utf8');
    const lists = keyListNames.filter((name) => text.includes(name));
    // What was read is written back, as panels do it.
    await store.edit((config) => lists.map((name) => ({ path: [name], value: config[name] })), window);
    expect(readFileSync(file, 'utf8')).toBe(edited);
    for (const name of lists) {
      const patched = { index: 0, value: { priority: 77 } } as const;
      const value = patchEntries(keyListRules[name], store.current.config[name], patched);
      await store.edit(() => [{ path: [name], value }], window);
    }
    const known = new Set(edited.split('\n'));
    const added = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => !known.has(line));
    for (const line of added) expect(line).toContain('priority: 77');
  });
});

describe.each(publicConfigs.filter(({ refused }) => refused !== undefined))('$name', ({ text, refused = /./ }) => {
  test('is refused in words at the start', async () => {
    await expect(openStore(text)).rejects.toThrow(refused);
  });

  test('leaves a running server with what it had', async () => {
    const { store, file } = await openStore('api-keys: [k]\n');
    writeFileSync(file, text);
    await expect.poll(() => store.invalid?.message).toMatch(refused);
    expect(store.current.config['api-keys']).toEqual(['k']);
    await expect(store.edit(() => [{ path: ['debug'], value: true }], window)).rejects.toThrow();
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
