import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AuthFiles } from '../../src-main/auth-files/auth-files.ts';
import { isPortableName } from '../../src-main/lib/files/file-name.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { AccountSaver, fileNames } from '../../src-main/login/save-account.ts';
import type { NewAccount } from '../../src-main/providers/provider.ts';
import { tempFolder } from '../support/temp-folder.ts';

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

test("ordinary e-mails give CLIProxyAPI's names", () => {
  const [name] = fileNames({ fileName: ['claude', 'a.b+c-d@x.example'], identity: { email: 'a' }, content: {} });
  expect(name).toBe('claude-a.b+c-d@x.example.json');
});

async function saverOn(contents: Readonly<Record<string, object>> = {}) {
  const folder = tempFolder();
  for (const [name, content] of Object.entries(contents)) {
    writeFileSync(path.join(folder, name), JSON.stringify(content));
  }
  const files = await AuthFiles.open({ directory: folder, log: createLogger(() => {}, 'save-account.test.ts') });
  onTestFinished(() => files.close());
  const saver = new AccountSaver({ files: files });
  return {
    save: (account: NewAccount) => saver.save(account, {}, { kind: 'window' }, new AbortController().signal),
    names: () => readdirSync(folder).sort(),
    read: (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8')),
  };
}

const claude = (organization: string, token: string): NewAccount => ({
  fileName: ['claude', 'me@x.example'],
  identity: { organization_uuid: organization, email: 'me@x.example' },
  hashedBy: 'organization_uuid',
  content: {
    type: 'claude',
    email: 'me@x.example',
    access_token: token,
    ...(organization !== '' && { organization_uuid: organization }),
  },
});

const codex = (accountId: string, email = 'me@x.example'): NewAccount => ({
  fileName: ['codex', email],
  identity: { email, account_id: accountId },
  hashedBy: 'account_id',
  content: { type: 'codex', email, account_id: accountId, access_token: 'new', refresh_token: 'new' },
});

describe('an organisation', () => {
  test('is an account of its own, also with the same e-mail, and is found again', async () => {
    const { save, names, read } = await saverOn();
    const first = await save(claude('org-1', 'a'));
    const second = await save(claude('org-2', 'b'));
    expect(names()).toEqual([second, first]);
    expect(first).toBe('claude-me@x.example.json');
    expect(await save(claude('org-2', 'c'))).toBe(second);
    expect(await save(claude('org-1', 'd'))).toBe(first);
    expect([read(first), read(second)]).toMatchObject([{ access_token: 'd' }, { access_token: 'c' }]);
  });

  test('that an older file does not name is taken for the one that signs in', async () => {
    const old = { type: 'claude', email: 'me@x.example', access_token: 'old', note: 'mine' };
    const { save, names, read } = await saverOn({ 'claude-me@x.example.json': old });
    await save(claude('org-1', 'new'));
    expect(names()).toHaveLength(1);
    expect(read('claude-me@x.example.json')).toMatchObject({ organization_uuid: 'org-1', note: 'mine' });
  });
});

describe('a file of another name', () => {
  const members = { note: 'mine', proxy_url: 'http://127.0.0.1:9', priority: 7, prefix: 'team' };
  const old = { type: 'codex', email: 'me@x.example', access_token: 'old', refresh_token: 'old', ...members };

  test.each(['codex-me@x.example-plus.json', 'codex-0a1b2c3d-me@x.example-team.json', 'work.json'])(
    '%s of the same account is renewed, with what the person put there',
    async (name) => {
      const { save, names, read } = await saverOn({ [name]: { ...old, account_id: 'X' } });
      expect(await save(codex('X'))).toBe(name);
      expect(names()).toEqual([name]);
      expect(read(name)).toMatchObject({ ...members, access_token: 'new', refresh_token: 'new', account_id: 'X' });
    },
  );

  test('with the account id comes before one that only has the e-mail', async () => {
    const { save, names } = await saverOn({ 'codex-me@x.example.json': old, 'z.json': { ...old, account_id: 'X' } });
    expect(await save(codex('X'))).toBe('z.json');
    expect(names()).toHaveLength(2);
  });

  test('of a colleague in the same workspace, or of another provider, is left alone', async () => {
    const others = {
      'a.json': { ...old, account_id: 'X', email: 'colleague@x.example' },
      'b.json': { ...old, type: 'claude' },
      'c.json': { ...old, account_id: 'Y' },
    };
    const { save, names, read } = await saverOn(others);
    expect(await save(codex('X'))).toBe('codex-me@x.example.json');
    expect(names()).toHaveLength(4);
    for (const [name, content] of Object.entries(others)) expect(read(name)).toEqual(content);
  });
});
