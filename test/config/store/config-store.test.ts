import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { compareSync } from 'bcryptjs';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../src-shared/operation.ts';
import { openStore, openStoreOn } from '../../support/config-stores.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const window: Actor = { kind: 'window' };
const setDebug = (value: boolean) => () => [{ path: ['debug'], value }];
const setRetry = (value: number) => () => [{ path: ['request-retry'], value }];

describe('an edit', () => {
  test('is on disk and in memory when it is answered, every other byte kept', async () => {
    const { store, file } = await openStore('# mine\n\ndebug: false # inline\nrequest-retry:   3\n');
    const snapshot = await store.edit(setDebug(true), window);
    expect(readFileSync(file, 'utf8')).toBe('# mine\n\ndebug: true # inline\nrequest-retry:   3\n');
    expect(store.current).toBe(snapshot);
    expect(snapshot).toMatchObject({ text: readFileSync(file, 'utf8'), config: { debug: true, 'request-retry': 3 } });
  });

  test('starts from what is on disk, even when no event has told of it yet', async () => {
    const { store, file } = await openStore('debug: false\nrequest-retry: 1\n');
    writeFileSync(file, 'debug: false\nrequest-retry: 2\n');
    const seen: number[] = [];
    await store.edit((config) => {
      seen.push(config['request-retry']);
      return [{ path: ['debug'], value: true }];
    }, window);
    expect(seen).toEqual([2]);
    expect(store.current.config).toMatchObject({ debug: true, 'request-retry': 2 });
  });

  test('that changes nothing writes nothing and is answered', async () => {
    const { store, file, announced } = await openStore('debug: true\n');
    const before = statSync(file, { bigint: true });
    const snapshot = await store.edit(setDebug(true), window);
    const after = statSync(file, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
    expect(snapshot).toBe(store.current);
    expect(announced).toEqual([]);
  });

  test('of many at once gives each its own change, actor and revision', async () => {
    const { store, file } = await openStore('request-retry: 0\n');
    const changes: (readonly [number, string, number])[] = [];
    store.onChange(({ snapshot, actor }) =>
      changes.push([snapshot.config['request-retry'], actor.kind, snapshot.revision]),
    );
    const start = store.current.revision;
    const add = (config: { 'request-retry': number }) => [
      { path: ['request-retry'], value: config['request-retry'] + 1 },
    ];
    const answers = await Promise.all([
      store.edit(add, window),
      store.edit(add, { kind: 'tray' }),
      store.edit(add, window),
    ]);
    expect(answers.map(({ config }) => config['request-retry'])).toEqual([1, 2, 3]);
    expect(changes).toEqual([
      [1, 'window', start + 1],
      [2, 'tray', start + 2],
      [3, 'window', start + 3],
    ]);
    expect(readFileSync(file, 'utf8')).toBe('request-retry: 3\n');
  });

  test('that throws leaves its neighbours and the file alone', async () => {
    const { store, file } = await openStore('debug: false\nrequest-retry: 0\n');
    const refuse = () => {
      throw new Error('no');
    };
    const [first, second, third] = await Promise.allSettled([
      store.edit(setRetry(1), window),
      store.edit(refuse, window),
      store.edit(setDebug(true), window),
    ]);
    expect([first.status, second.status, third.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(readFileSync(file, 'utf8')).toBe('debug: true\nrequest-retry: 1\n');
  });

  test('is rejected while the file on disk is invalid, with the place, and the file stays as it is', async () => {
    const { store, file } = await openStore('debug: false\n');
    writeFileSync(file, 'debug: [\n');
    await expect(store.edit(setDebug(true), window)).rejects.toMatchObject({
      code: 'config_broken',
      message: expect.stringMatching(/^line \d+, column \d+: ./),
    });
    expect(readFileSync(file, 'utf8')).toBe('debug: [\n');
    expect(store.current.config.debug).toBe(false);
  });

  test('keeps the mode of the file', async () => {
    const { store, file } = await openStore('debug: false\n');
    chmodSync(file, 0o640);
    await store.edit(setDebug(true), window);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  test('goes through symbolic links, which stay links', async () => {
    const folder = tempFolder();
    mkdirSync(path.join(folder, 'real'));
    writeFileSync(path.join(folder, 'real/target.yaml'), 'debug: false\n');
    symlinkSync('real/target.yaml', path.join(folder, 'middle.yaml'));
    symlinkSync('middle.yaml', path.join(folder, 'config.yaml'));
    const { store, file } = await openStoreOn(path.join(folder, 'config.yaml'));
    await store.edit(setDebug(true), window);
    expect(readFileSync(path.join(folder, 'real/target.yaml'), 'utf8')).toBe('debug: true\n');
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['config.yaml', 'middle.yaml', 'real']);
  });

  test('is rejected after closing', async () => {
    const { store } = await openStore('debug: false\n');
    await store.close();
    await expect(store.edit(setDebug(true), window)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('replacing the whole config', () => {
  test('writes the text byte for byte', async () => {
    const { store, file, announced } = await openStore('debug: false\n');
    const text = '\uFEFFdebug: true\r\n\r\n# last line without an end';
    await store.replace(text, window);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(store.current).toMatchObject({ text, config: { debug: true } });
    expect(announced).toMatchObject([{ event: 'config', actor: window, config: { debug: true } }]);
  });

  test.each([
    ['broken syntax', 'debug: [\n'],
    ['an empty document', ''],
    ['only comments', '# nothing\n'],
    ['a list', '- a\n'],
    ['a scalar', 'word\n'],
    ['a wrong type', 'port: many\n'],
    ['a key twice', 'debug: true\ndebug: false\n'],
    ['a key longer than bcrypt reads', `remote-management:\n  secret-key: ${'x'.repeat(73)}\n`],
  ])('refuses %s with the place and writes nothing', async (_what, text) => {
    const { store, file } = await openStore('debug: false\n');
    await expect(store.replace(text, window)).rejects.toMatchObject({
      code: 'invalid_config',
      message: expect.stringMatching(/^line \d+, column \d+: ./),
    });
    expect(readFileSync(file, 'utf8')).toBe('debug: false\n');
  });

  test('may replace an invalid file', async () => {
    const { store, file } = await openStore('debug: false\n');
    writeFileSync(file, 'debug: [\n');
    await expect(store.edit(setDebug(true), window)).rejects.toThrow();
    await store.replace('debug: true\n', window);
    expect(store.invalid).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toBe('debug: true\n');
  });

  test('hashes a plain-text key on disk before it responds', async () => {
    const { store, file } = await openStore('debug: false\n');
    await store.replace('# keep\nremote-management:\n  secret-key: "my-key" # mine\n', window);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('my-key');
    expect(text).toMatch(/^# keep\nremote-management:\n {2}secret-key: .*# mine\n$/);
    expect(compareSync('my-key', store.current.config['remote-management']['secret-key'])).toBe(true);
  });
});

describe('opening', () => {
  test('hashes a plain-text key in place, comments kept', async () => {
    const { store, file } = await openStore('# a\nremote-management:\n  secret-key: my-key # b\n');
    const hash = store.current.config['remote-management']['secret-key'];
    expect(compareSync('my-key', hash)).toBe(true);
    expect(hash).toMatch(/^\$2[ab]\$10\$/);
    expect(readFileSync(file, 'utf8')).toMatch(/^# a\nremote-management:\n {2}secret-key: \S+ # b\n$/);
    expect(store.current.text).toBe(readFileSync(file, 'utf8'));
  });

  test('leaves what looks like a hash alone', async () => {
    const text = 'remote-management:\n  secret-key: $2a$10$broken\n';
    const { file } = await openStore(text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('removes the temporary files of killed programs, and nothing else', async () => {
    const folder = tempFolder();
    const file = path.join(folder, 'config.yaml');
    writeFileSync(file, 'debug: false\n');
    for (const name of ['.config.yaml.4194305-0a1b2c3d.tmp', '.config.yaml.swp', '.other.yaml.4194305-0a1b2c3d.tmp']) {
      writeFileSync(path.join(folder, name), 'x');
    }
    await openStoreOn(file);
    expect(readdirSync(folder).sort()).toEqual(['.config.yaml.swp', '.other.yaml.4194305-0a1b2c3d.tmp', 'config.yaml']);
  });

  test.each([
    ['broken syntax', Buffer.from('debug: [\n')],
    ['a wrong type', Buffer.from('port: many\n')],
    ['bytes that are no UTF-8', Buffer.from('debug: false\nproxy-url: "\xff"\n', 'latin1')],
  ])('refuses %s with the place', async (_what, bytes) => {
    const file = path.join(tempFolder(), 'config.yaml');
    writeFileSync(file, bytes);
    await expect(openStoreOn(file)).rejects.toMatchObject({
      code: 'invalid_config',
      message: expect.stringMatching(/^line \d+, column \d+: ./),
    });
  });

  test('names the line and column of a byte that is no UTF-8', async () => {
    const file = path.join(tempFolder(), 'config.yaml');
    writeFileSync(file, Buffer.from('debug: false\nproxy-url: "\xff"\n', 'latin1'));
    await expect(openStoreOn(file)).rejects.toThrow('line 2, column 13: not UTF-8 text');
  });

  test('says when there is no file', async () => {
    const file = path.join(tempFolder(), 'config.yaml');
    await expect(openStoreOn(file)).rejects.toMatchObject({ code: 'config_missing' });
    expect(existsSync(file)).toBe(false);
  });

  test('makes the accounts folder absolute', async () => {
    const { store } = await openStore('auth-dir: some/accounts\n');
    expect(store.current.authDir).toBe(path.resolve('some/accounts'));
    expect(store.current.config['auth-dir']).toBe('some/accounts');
  });

  test('freezes what it hands out', async () => {
    const { store } = await openStore('api-keys: [a]\n');
    expect(Object.isFrozen(store.current)).toBe(true);
    expect(Object.isFrozen(store.current.config['api-keys'])).toBe(true);
  });
});
