import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { mkdirp } from '../../../src-main/lib/files/mkdirp.ts';
import { tempFolder } from '../../support/temp-folder.ts';

test('makes the parents too, for the owner only, and minds no folder that is there', () => {
  const folder = path.join(tempFolder(), 'a', 'b');
  mkdirp(folder);
  mkdirp(folder);
  expect(statSync(path.dirname(folder)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o700);
});

test('says why where a file is in the way', () => {
  const file = path.join(tempFolder(), 'file');
  writeFileSync(file, '');
  expect(() => mkdirp(path.join(file, 'a'))).toThrow(/ENOTDIR|ENOENT/);
  expect(() => mkdirp(file)).toThrow('EEXIST');
});

test.runIf(existsSync('/proc/self'))('gives up where the system lets nobody make one', () => {
  expect(() => mkdirp('/proc/none/such')).toThrow('ENOENT');
});
