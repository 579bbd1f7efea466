import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compareSync } from 'bcryptjs';
import { expect, test } from 'vitest';
import { appDir } from '../../src-main/config/app-paths.ts';
import { createConfigIfMissing } from '../../src-main/config/first-run.ts';
import { readConfig } from '../../src-main/config/yaml/read-config.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a missing config is created for its owner only, with keys of its own', async () => {
  const file = path.join(tempFolder(), 'deep/er/config.yaml');
  const keys = await createConfigIfMissing(file);
  const text = readFileSync(file, 'utf8');
  const config = readConfig(text);
  expect(config).toMatchObject({ host: '127.0.0.1', port: 8317, 'api-keys': [keys!.clientKey] });
  expect(keys!.clientKey).toMatch(/^sk-[\w-]{32}$/);
  expect(compareSync(keys!.managementKey, config['remote-management']['secret-key'])).toBe(true);
  expect(text).not.toContain(keys!.managementKey);
  expect(path.dirname(config['auth-dir'])).toBe(appDir());
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
});

test('two first runs have different keys', async () => {
  const [one, two] = await Promise.all([
    createConfigIfMissing(path.join(tempFolder(), 'a.yaml')),
    createConfigIfMissing(path.join(tempFolder(), 'b.yaml')),
  ]);
  expect(one!.clientKey).not.toBe(two!.clientKey);
  expect(one!.managementKey).not.toBe(two!.managementKey);
});

test('every example of the template is a valid config once its comment signs are taken away', async () => {
  const file = path.join(tempFolder(), 'config.yaml');
  await createConfigIfMissing(file);
  const lines = readFileSync(file, 'utf8').split('\n');
  // Examples are keys, list items and what is indented below them; sentences are not.
  const shown = lines.map((line) => line.replace(/^# (?=[a-z-]+:$| +(- |#|[\w-]+:))/, ''));
  const config = readConfig(shown.join('\n'));
  expect(config['gemini-api-key']).toHaveLength(1);
  expect(config['claude-api-key']).toHaveLength(1);
  expect(config['codex-api-key']).toHaveLength(1);
  expect(config['openai-compatibility']).toHaveLength(1);
});

test('an existing config is left alone, even an empty one', async () => {
  const file = path.join(tempFolder(), 'config.yaml');
  writeFileSync(file, '');
  expect(await createConfigIfMissing(file)).toBeUndefined();
  expect(readFileSync(file, 'utf8')).toBe('');
});

test('a link that leads nowhere yet is followed', async () => {
  const folder = tempFolder();
  symlinkSync('real.yaml', path.join(folder, 'config.yaml'));
  await createConfigIfMissing(path.join(folder, 'config.yaml'));
  expect(statSync(path.join(folder, 'real.yaml')).isFile()).toBe(true);
});

test('a folder that cannot be made is told in a sentence', async () => {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'file'), '');
  await expect(createConfigIfMissing(path.join(folder, 'file/config.yaml'))).rejects.toMatchObject({
    code: 'write_failed',
    message: expect.stringContaining('the config cannot be created: '),
  });
});
