import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AuthFiles } from '../../../src-main/auth-files/auth-files.ts';
import { compareNames, isPortableName } from '../../../src-main/lib/files/file-name.ts';
import { createLogger } from '../../../src-main/lib/logger.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const part = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '\0',
    ' ',
    'con',
    'NUL',
    'a',
    'é',
    '%2e',
    ':',
    '\u202e',
    '.json',
    'COM1',
    '\n',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const name = fc
  .tuple(fc.array(part, { maxLength: 5 }), fc.constantFrom('', '.json', '.JSON'))
  .map(([parts, end]) => parts.join('') + end);

test('whatever the name, a save makes one file of that very name in the folder, or nothing at all', async () => {
  const top = tempFolder();
  const folder = path.join(top, 'auth');
  mkdirSync(folder);
  const log = createLogger(() => {}, 'test');
  const files = await AuthFiles.open({ directory: folder, log });
  await fc.assert(
    fc.asyncProperty(name, async (wanted) => {
      const saved = await files.save(wanted, '{}', { kind: 'app' }).then(
        () => true,
        (error) => (['invalid_name', 'name_not_json'].includes(error.code) ? false : Promise.reject(error)),
      );
      expect(readdirSync(folder)).toEqual(saved ? [wanted] : []);
      expect(readdirSync(top)).toEqual(['auth']);
      if (!saved) return;
      expect((await files.read(wanted)).text).toBe('{}');
      await files.remove(wanted, { kind: 'app' });
    }),
    { numRuns: 500 },
  );
  await files.close();
});

test.each([
  'console.json',
  'a.con.json',
  'com10.json',
  '.json',
  'a b.json',
  'codex-a@b.c-1.json',
  'é.json',
  'nul'.padEnd(5, 'x'),
])('%j is a good name', (good) => {
  expect(isPortableName(good)).toBe(true);
});

test('names are in the order of their bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      expect(compareNames(a, b)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});
