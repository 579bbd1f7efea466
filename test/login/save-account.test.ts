import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPortableName } from '../../src-main/lib/files/file-name.ts';
import { fileNames } from '../../src-main/login/save-account.ts';

test('whatever a provider calls an account, its file names are good ones', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ maxLength: 400 }), (email, project) => {
      const names = fileNames({ fileName: ['gemini', email, project], identity: { email, project }, content: {} });
      for (const name of names) {
        expect(isPortableName(name)).toBe(true);
        expect(name).toMatch(/^gemini-[\w@.+-]*\.json$/);
        expect(name).not.toContain('..');
      }
    }),
  );
});

test("ordinary e-mails give the original's names", () => {
  const [name] = fileNames({ fileName: ['claude', 'a.b+c-d@x.example'], identity: { email: 'a' }, content: {} });
  expect(name).toBe('claude-a.b+c-d@x.example.json');
});
