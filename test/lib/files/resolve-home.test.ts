import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { resolveHome } from '../../../src-main/lib/files/resolve-home.ts';

test.each([
  ['~', ''],
  ['~/x', 'x'],
  ['~\\x', 'x'],
  ['~x', 'x'],
  ['~/x/../y', 'y'],
])('%s is in the home folder', (written, meant) => {
  expect(resolveHome(written)).toBe(path.join(os.homedir(), meant));
  expect(resolveHome(written, '/home/u')).toBe(path.join('/home/u', meant));
});

test('other paths start at the working directory', () => {
  expect(resolveHome('a/~b')).toBe(path.resolve('a/~b'));
  expect(resolveHome('/abs/./c')).toBe(path.resolve('/abs/c'));
});
