// Writes that cannot succeed: the store runs in a process with a real limit on the size of files.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compareSync } from 'bcryptjs';
import { expect, onTestFinished, test } from 'vitest';
import { StoreProcess } from '../../soak/config-writer.ts';
import { openStoreOn } from '../../support/config-stores.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** Units of 512 bytes, as POSIX has it; some shells count 1024. Either way the long text does not fit. */
const limit = 'ulimit -f 1';
const long = `request-retry: 1\n${'# a long comment\n'.repeat(200)}`;

async function startOn(text: string, limits: string): Promise<{ store: StoreProcess; folder: string; file: string }> {
  const folder = tempFolder();
  const file = path.join(folder, 'config.yaml');
  writeFileSync(file, text);
  const store = await StoreProcess.start(file, limits);
  onTestFinished(() => store.close());
  return { store, folder, file };
}

test('an edit that does not fit on the disk leaves file and memory as they were, and the store alive', async () => {
  const { store, folder, file } = await startOn(long, limit);
  await expect(store.setRetry(2)).rejects.toMatchObject({
    code: 'save_failed',
    message: expect.stringMatching(/^failed to save config: the file would be larger than the system allows \(/),
  });
  expect(readFileSync(file, 'utf8')).toBe(long);
  expect(await store.inForce()).toMatchObject({ 'request-retry': 1 });
  expect(readdirSync(folder)).toEqual(['config.yaml']);
  await store.send({ do: 'replace', text: 'request-retry: 3\n' });
  await store.setRetry(4);
  expect(readFileSync(file, 'utf8')).toBe('request-retry: 4\n');
});

test('a whole config that does not fit is rejected the same way', async () => {
  const { store, folder, file } = await startOn('request-retry: 1\n', limit);
  await expect(store.send({ do: 'replace', text: long })).rejects.toMatchObject({
    code: 'write_failed',
    message: expect.stringContaining('the file would be larger than the system allows'),
  });
  expect(readFileSync(file, 'utf8')).toBe('request-retry: 1\n');
  expect(await store.inForce()).toMatchObject({ 'request-retry': 1 });
  expect(readdirSync(folder)).toEqual(['config.yaml']);
});

test('a plain-text key that cannot be replaced on disk is hashed in memory, and on disk with the next write', async () => {
  const text = `${long}remote-management:\n  secret-key: my-key\n`;
  const { store, file } = await startOn(text, limit);
  const { 'remote-management': management } = await store.inForce();
  expect(compareSync('my-key', management['secret-key'])).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe(text);
  writeFileSync(file, 'request-retry: 1\nremote-management:\n  secret-key: my-key\n');
  await store.setRetry(2);
  expect(readFileSync(file, 'utf8')).toMatch(/^request-retry: 2\nremote-management:\n {2}secret-key: "?\$2/);
});

/** Mounting takes more rights than an ordinary user has; the tests above need none. */
function mountSmallDisk(folder: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status === 0;
}

function mayMount(): boolean {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cli-proxy-mount-'));
  const may = mountSmallDisk(folder);
  if (may) execFileSync('umount', [folder]);
  rmdirSync(folder);
  return may;
}

if (mayMount()) {
  test('a full disk and a read-only one are told in a sentence, and writing goes on when they are fixed', async () => {
    const folder = tempFolder();
    mountSmallDisk(folder);
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', folder]);
    });
    const file = path.join(folder, 'config.yaml');
    writeFileSync(file, `request-retry: 1\n${'# 40 kilobytes\n'.repeat(2700)}`);
    const { store } = await openStoreOn(file);
    const edit = (value: number) => store.edit(() => [{ path: ['request-retry'], value }], { kind: 'window' });
    await expect(edit(2)).rejects.toThrow('failed to save config: there is no space left on the disk');
    await store.replace('request-retry: 3\n', { kind: 'window' });
    execFileSync('mount', ['-o', 'remount,ro', folder]);
    await expect(edit(4)).rejects.toThrow('failed to save config: the disk is read-only');
    expect(store.current.config['request-retry']).toBe(3);
    expect(readdirSync(folder)).toEqual(['config.yaml']);
    execFileSync('mount', ['-o', 'remount,rw', folder]);
    await edit(5);
    expect(readFileSync(file, 'utf8')).toBe('request-retry: 5\n');
  });

  test('a config file that is a mount of its own is written in place, and an edit from outside survives', async () => {
    const [outside, folder] = [tempFolder(), tempFolder()];
    const mounted = path.join(outside, 'host.yaml');
    const file = path.join(folder, 'config.yaml');
    writeFileSync(mounted, '# theirs\nrequest-retry: 1\n');
    writeFileSync(file, '');
    execFileSync('mount', ['--bind', mounted, file]);
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', file]);
    });
    const { store, lines } = await openStoreOn(file);
    const edit = (value: unknown) => store.edit(() => [{ path: ['request-retry'], value }], { kind: 'window' });
    await edit(20);
    expect(readFileSync(mounted, 'utf8')).toBe('# theirs\nrequest-retry: 20\n');
    writeFileSync(mounted, '# edited\nrequest-retry: 20\ndebug: true\n');
    await edit(3);
    expect(readFileSync(mounted, 'utf8')).toBe('# edited\nrequest-retry: 3\ndebug: true\n');
    await store.replace('request-retry: 4\n', { kind: 'window' });
    expect(readFileSync(mounted, 'utf8')).toBe('request-retry: 4\n');
    expect(readdirSync(folder)).toEqual(['config.yaml']);
    expect(lines.filter((line) => line.includes('written in place'))).toHaveLength(1);
  });

  test('an edit that does not fit on the disk of a mounted file leaves it as it was', async () => {
    const [disk, folder] = [tempFolder(), tempFolder()];
    mountSmallDisk(disk);
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', disk]);
    });
    const mounted = path.join(disk, 'host.yaml');
    const file = path.join(folder, 'config.yaml');
    const text = 'request-retry: 1\n';
    writeFileSync(mounted, text);
    writeFileSync(file, '');
    execFileSync('mount', ['--bind', mounted, file]);
    onTestFinished(() => {
      execFileSync('umount', ['--lazy', file]);
    });
    const { store } = await openStoreOn(file);
    const tooLong = `request-retry: 2\n${'# 80 kilobytes\n'.repeat(5400)}`;
    await expect(store.replace(tooLong, { kind: 'window' })).rejects.toThrow('no space left on the disk');
    expect(readFileSync(mounted, 'utf8')).toBe(text);
    expect(store.current.text).toBe(text);
  });
}
