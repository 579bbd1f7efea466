// Account files of an earlier installation, which may hold anything.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AuthFiles } from '../../src-main/auth-files/auth-files.ts';
import { copyAccounts, findAccounts } from '../../src-main/auth-files/found-accounts.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { tempFolder } from '../support/temp-folder.ts';

const silent = createLogger(() => {}, 'test');

test('accounts of an earlier installation are copied, those that are here already left alone', async () => {
  const home = tempFolder();
  const earlier = path.join(home, '.cli-proxy-api');
  mkdirSync(earlier);
  writeFileSync(path.join(earlier, 'a.json'), '{"type":"claude","from":"earlier"}');
  writeFileSync(path.join(earlier, 'b.json'), '{"type":"codex"}');
  writeFileSync(path.join(earlier, 'broken.json'), '{');
  const own = path.join(home, 'own');
  mkdirSync(own);
  writeFileSync(path.join(own, 'a.json'), '{"type":"claude","from":"here"}');
  const authFiles = await AuthFiles.open({ directory: own, log: silent });
  onTestFinished(() => authFiles.close());
  expect(findAccounts(authFiles, () => undefined, home).files).toEqual([{ name: 'b.json', type: 'codex' }]);
  expect(await copyAccounts(authFiles, { kind: 'window' }, () => undefined, home)).toBe(1);
  expect(readFileSync(path.join(own, 'a.json'), 'utf8')).toContain('here');
  expect(readFileSync(path.join(earlier, 'b.json'), 'utf8')).toBe('{"type":"codex"}');
  expect(findAccounts(authFiles, () => undefined, home).files).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  'what is no account file is neither read nor offered: a pipe, files too large to be one, links that lead out',
  async () => {
    const home = tempFolder();
    const earlier = path.join(home, '.cli-proxy-api');
    mkdirSync(earlier);
    writeFileSync(path.join(earlier, 'good.json'), '{"type":"claude"}');
    writeFileSync(path.join(earlier, 'huge.json'), `{"type":"claude","pad":"${'x'.repeat(5_000_000)}"}`);
    writeFileSync(path.join(home, 'elsewhere.json'), '{"type":"claude"}');
    symlinkSync(path.join(home, 'elsewhere.json'), path.join(earlier, 'link.json'));
    execFileSync('mkfifo', [path.join(earlier, 'pipe.json')]);
    const own = path.join(home, 'own');
    mkdirSync(own);
    const authFiles = await AuthFiles.open({ directory: own, log: silent });
    onTestFinished(() => authFiles.close());
    expect(findAccounts(authFiles, () => undefined, home).files).toEqual([{ name: 'good.json', type: 'claude' }]);
    expect(await copyAccounts(authFiles, { kind: 'window' }, () => undefined, home)).toBe(1);
  },
);
