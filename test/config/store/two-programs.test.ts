// Two programs of this kind on one config file.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../../src-main/config/yaml/read-config.ts';
import { lockOf, withLock } from '../../../src-main/lib/files/file-lock.ts';
import { StoreProcess } from '../../soak/config-writer.ts';
import { openStore } from '../../support/config-stores.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const writesEach = 240;

async function startTwo(file: string): Promise<readonly StoreProcess[]> {
  const stores = await Promise.all([StoreProcess.start(file), StoreProcess.start(file)]);
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
  });
  return stores;
}

test(`of ${2 * writesEach} writes that were answered none is lost`, async () => {
  const file = path.join(tempFolder(), 'config.yaml');
  writeFileSync(file, '# shared\napi-keys: []\n');
  const stores = await startTwo(file);
  const keys = await Promise.all(
    stores.map(async (store, program) => {
      const own = Array.from({ length: writesEach }, (_, index) => `k-${program}-${index}`);
      for (const key of own) await store.addKey(key);
      return own;
    }),
  );
  const text = readFileSync(file, 'utf8');
  expect(text.startsWith('# shared\n')).toBe(true);
  expect(readConfig(text)['api-keys'].toSorted()).toEqual(keys.flat().toSorted());
  expect(readdirSync(path.dirname(file))).toEqual(['config.yaml']);
});

test('an edit waits for the lock that another program holds, and starts again from what that one wrote', async () => {
  const { store, file, folder } = await openStore('request-retry: 0\n');
  const isWaiting = () => readdirSync(folder).some((name) => name.endsWith('.tmp'));
  let edit: Promise<unknown> | undefined;
  await withLock(lockOf(file), async () => {
    edit = store.edit(() => [{ path: ['request-retry'], value: 1 }], { kind: 'window' });
    await expect.poll(isWaiting).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('request-retry: 0\n');
    writeFileSync(file, 'request-retry: 0\ndebug: true\n');
  });
  await edit;
  expect(readFileSync(file, 'utf8')).toBe('request-retry: 1\ndebug: true\n');
});

test('a save of the whole file waits for the lock that another program holds', async () => {
  const { store, file } = await openStore('request-retry: 0\n');
  const other = await openStore('request-retry: 0\n');
  let save = Promise.resolve('saved');
  await withLock(lockOf(file), async () => {
    save = store.replace('request-retry: 1\n', { kind: 'window' }).then(() => 'saved');
    const others = (async () => {
      for (let value = 1; value < 20; value += 1) {
        await other.store.edit(() => [{ path: ['request-retry'], value }], { kind: 'window' });
      }
      return 'twenty writes elsewhere';
    })();
    expect(await Promise.race([save, others])).toBe('twenty writes elsewhere');
  });
  expect(await save).toBe('saved');
  expect(readFileSync(file, 'utf8')).toBe('request-retry: 1\n');
});

test('an edit gives a program that is about to rename its save the time to do so', async () => {
  const { store, file, folder } = await openStore('request-retry: 0\n');
  const isWaiting = () => readdirSync(folder).some((name) => name.endsWith('.tmp'));
  const edit = store.edit(() => [{ path: ['request-retry'], value: 1 }], { kind: 'window' });
  const theirs = path.join(folder, 'config.yaml.swp');
  while (!isWaiting()) await new Promise((resolve) => setImmediate(resolve));
  writeFileSync(theirs, 'request-retry: 0\ndebug: true\n');
  // The lock is taken right before the first look at the directory.
  while (!existsSync(lockOf(file))) await new Promise((resolve) => setImmediate(resolve));
  renameSync(theirs, file);
  await edit;
  expect(readFileSync(file, 'utf8')).toBe('request-retry: 1\ndebug: true\n');
});
