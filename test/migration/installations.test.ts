// Taking over config and accounts of other installations: what is found in the usual places, and what a copy does.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AuthFiles } from '../../src-main/auth-files/auth-files.ts';
import { copyInstallation } from '../../src-main/migration/copy-installation.ts';
import { findInstallations, type Here } from '../../src-main/migration/installations.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startTestApp } from '../support/test-app.ts';

const claude = '{"type":"claude","email":"a@example.com"}';
const byWindow = { kind: 'window' } as const;

/** Another computer as far as usual places go, with these files in the home folder, and the program beside it. */
async function computer(files: Readonly<Record<string, string>>, config = '') {
  const home = tempFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), text);
  }
  const program = await startTestApp({ config, accounts: { 'here.json': claude } });
  const log = { debug: () => {}, info: () => {}, warning: () => {}, error: () => {} };
  const authFiles = await AuthFiles.open({ directory: program.authDir, log });
  onTestFinished(async () => {
    await authFiles.close();
    await program.close();
  });
  const here: Here = {
    config: program.app.config,
    authFiles,
    judge: ({ type }) => (type === 'claude' ? undefined : 'This kind of account cannot be used.'),
    computer: { platform: 'linux', env: {}, home, workingDirectory: path.join(home, 'work') },
  };
  return { home, program, here, in: (name: string) => path.join(home, name) };
}

describe('what is found', () => {
  test.each([
    ['work/config.yaml', 'cli-proxy-api'],
    ['cliproxyapi/config.yaml', 'easycli'],
    ['Library/Application Support/Quotio/config.yaml', 'quotio'],
    ['.cli-proxy-api/config.yaml', 'vibeproxy'],
    ['.cli-proxy-api/merged-config.yaml', 'vibeproxy'],
    ['.config/proxypal/proxy-config.yaml', 'proxypal'],
  ])('%s is the config of %s', async (name, program) => {
    const { here, in: at } = await computer({ [name]: 'debug: true\n' });
    const found = findInstallations(here).filter(({ config }) => config?.file === at(name));
    expect(found).toMatchObject([{ program, config: { keys: [{ key: 'debug', line: 1, column: 1, use: 'used' }] } }]);
  });

  test('a program on the search path leads to the config beside it', async () => {
    const { here, in: at } = await computer({ 'opt/config.yaml': 'debug: true\n' });
    writeFileSync(at('opt/cli-proxy-api'), '', { mode: 0o755 });
    const beside = { ...here, computer: { ...here.computer!, env: { PATH: `/nowhere:${at('opt')}` } } };
    expect(findInstallations(here).map(({ config }) => config?.file)).not.toContain(at('opt/config.yaml'));
    expect(findInstallations(beside).map(({ config }) => config?.file)).toContain(at('opt/config.yaml'));
  });

  test('each key says whether it is used, kept or refused, with its line', async () => {
    const text = [
      'auth-dir: ./auths',
      'debug: true',
      'pprof:',
      '  enable: true',
      'codex-header-defaults:',
      '  user-agent: other',
      'claude-api-key:',
      '  - api-key: k',
      '    rebuild-mid-system-message: true',
      '',
    ].join('\r\n');
    const { here } = await computer({ 'cliproxyapi/config.yaml': text, 'cliproxyapi/auths/a.json': claude });
    const [found] = findInstallations(here);
    expect(found?.config?.keys.map(({ key, line, use }) => [key, line, use])).toEqual([
      ['auth-dir', 1, 'refused'],
      ['debug', 2, 'used'],
      ['pprof', 3, 'kept'],
      ['codex-header-defaults', 5, 'refused'],
      ['claude-api-key', 7, 'used'],
    ]);
    expect(found?.config?.keys[2]?.message).toContain('only CLIProxyAPI uses it');
    expect(found?.config?.keys[4]?.notices).toMatchObject([
      { path: 'claude-api-key[0].rebuild-mid-system-message', line: 9 },
    ]);
    expect(found?.accounts?.files).toEqual([{ name: 'a.json', type: 'claude', use: 'used', exists: false }]);
  });

  test('each account file says whether it is used, kept or refused', async () => {
    const { here, home } = await computer({
      '.cli-proxy-api/a.json': claude,
      '.cli-proxy-api/here.json': claude,
      '.cli-proxy-api/kiro.json': '{"type":"kiro"}',
      '.cli-proxy-api/list.json': '[1]',
      '.cli-proxy-api/large.json': `{"type":"claude","x":"${'x'.repeat(5_000_000)}"}`,
      'secret.json': claude,
    });
    symlinkSync(path.join(home, 'secret.json'), path.join(home, '.cli-proxy-api/outside.json'));
    const [found] = findInstallations(here);
    expect(found?.program).toBe('cli-proxy-api');
    expect(found?.accounts?.files.map(({ name, use, exists }) => [name, use, exists])).toEqual([
      ['a.json', 'used', false],
      ['here.json', 'used', true],
      ['kiro.json', 'kept', false],
      ['large.json', 'refused', false],
      ['list.json', 'refused', false],
      ['outside.json', 'refused', false],
    ]);
  });

  test.each([
    ['config-version: 8\n', /CLIProxyAPI 8/],
    ['port: [\n', /indentation/],
    [`debug: true\n# ${'x'.repeat(3_000_000)}`, /larger than 2 MB/],
  ])('a config that cannot be used says why: %#', async (text, reason) => {
    const { here } = await computer({ 'cliproxyapi/config.yaml': text });
    expect(findInstallations(here)[0]?.config).toMatchObject({
      keys: [],
      problem: { message: expect.stringMatching(reason) },
    });
  });

  test('a chosen folder works as well, and one without anything gives nothing', async () => {
    const { here, in: at } = await computer({ 'x/config.yml': 'debug: true\n', 'x/a.json': claude });
    expect(findInstallations(here, at('x'))).toMatchObject([
      { program: 'chosen', config: { file: at('x/config.yml') } },
      { program: 'chosen', accounts: { directory: at('x'), files: [{ name: 'a.json' }] } },
    ]);
    expect(findInstallations(here, at('nowhere'))).toEqual([]);
  });

  test('the own config and account directory are no other installation', async () => {
    const { here, program } = await computer({});
    expect(findInstallations(here, program.folder)).toEqual([]);
    expect(findInstallations(here, program.authDir)).toEqual([]);
  });
});

describe('a copy', () => {
  const theirs = [
    'api-keys: [one, two]',
    'routing: {strategy: fill-first}',
    'claude-api-key:',
    '  - {api-key: theirs, websockets: true}',
    'pprof: {enable: true}',
    'auth-dir: /elsewhere',
    'debug: true',
    '',
  ].join('\n');

  test('takes the chosen keys, keeps all other bytes of the own config, and leaves the original as it is', async () => {
    const own = '# mine\napi-keys:\n  - one # laptop\nrouting:\n  session-affinity: true # stays\n';
    const { here, program, in: at } = await computer({ 'cliproxyapi/config.yaml': theirs }, own);
    const before = program.readConfig();
    const file = at('cliproxyapi/config.yaml');
    const keys = ['api-keys', 'routing', 'claude-api-key', 'pprof', 'auth-dir', 'absent'];
    const result = await copyInstallation(here, { config: { file, keys } }, byWindow);
    expect(result.keys).toEqual(['api-keys', 'routing', 'claude-api-key', 'pprof']);
    expect(result.skipped.map(({ name }) => name)).toEqual(['auth-dir', 'absent']);
    const { config, authDir } = program.app.config.current;
    expect(config['api-keys']).toEqual(['one', 'two']);
    expect(config.routing).toMatchObject({ strategy: 'fill-first', 'session-affinity': 'true' });
    expect(config['claude-api-key']).toMatchObject([{ 'api-key': 'theirs' }]);
    expect(config.debug).toBe(false);
    expect(authDir).toBe(program.authDir);
    const lines = program.readConfig().split('\n');
    expect(lines.filter((line) => before.split('\n').includes(line))).toEqual(before.split('\n'));
    expect(program.readConfig()).toContain('pprof:');
    expect(readFileSync(file, 'utf8')).toBe(theirs);
    const { versions } = (await (await program.call('GET', '/config-history')).json()) as {
      versions: { id: string }[];
    };
    const older = await program.call('GET', `/config-history/${versions[1]?.id}`);
    expect(await older.json()).toEqual({ text: before });
  });

  test('of accounts never overwrites one that is here, and leaves the originals', async () => {
    const {
      here,
      program,
      in: at,
    } = await computer({
      'x/a.json': claude,
      'x/here.json': '{"type":"claude","email":"other@example.com"}',
      'x/list.json': '[]',
    });
    const names = ['a.json', 'here.json', 'list.json', '../a.json', 'gone.json'];
    const result = await copyInstallation(here, { accounts: { directory: at('x'), names } }, byWindow);
    expect(result.accounts).toEqual(['a.json']);
    expect(result.skipped.map(({ name }) => name)).toEqual(['here.json', 'list.json', '../a.json', 'gone.json']);
    expect(readFileSync(path.join(program.authDir, 'here.json'), 'utf8')).toBe(claude);
    expect(readFileSync(path.join(program.authDir, 'a.json'), 'utf8')).toBe(claude);
    expect(readdirSync(at('x'))).toHaveLength(3);
  });

  test('of an invalid config, or of a file of another name, changes nothing', async () => {
    const { here, program, in: at } = await computer({ 'x/config.yaml': 'access: {}\n', 'x/other.yaml': theirs });
    const before = program.readConfig();
    const accounts = { directory: at('x'), names: [] };
    for (const [name, code] of [
      ['x/config.yaml', 'invalid_config'],
      ['x/other.yaml', 'item_not_found'],
      ['x/gone/config.yaml', 'item_not_found'],
    ] as const) {
      const config = { file: at(name), keys: ['debug'] };
      await expect(copyInstallation(here, { config, accounts }, byWindow)).rejects.toMatchObject({ code });
    }
    expect(program.readConfig()).toBe(before);
  });
});
