import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { RequestLogs } from '../../src-main/logs/request-logs.ts';
import { tempFolder } from '../support/temp-folder.ts';

function withLogs() {
  const folder = tempFolder();
  const write = (name: string, seconds: number) => {
    writeFileSync(path.join(folder, name), `content of ${name}`);
    utimesSync(path.join(folder, name), seconds, seconds);
  };
  write('error-v1-messages-1-abc.log', 100);
  write('error-v1-messages-2-de-f.log', 200);
  write('v1-messages-3-ghi.log', 300);
  write('main.log', 400);
  mkdirSync(path.join(folder, 'error-folder.log'));
  symlinkSync('/etc/hostname', path.join(folder, 'error-link.log'));
  return new RequestLogs(folder);
}

test('logs of failed requests are listed, newest first', async () => {
  const size = 'content of error-v1-messages-1-abc.log'.length;
  expect(await withLogs().listErrors()).toEqual([
    { name: 'error-v1-messages-2-de-f.log', size: size + 1, modified: 200 },
    { name: 'error-v1-messages-1-abc.log', size, modified: 100 },
  ]);
});

test('without a folder there are none', async () => {
  const logs = new RequestLogs('/nonexistent/logs');
  expect(await logs.listErrors()).toEqual([]);
  await expect(logs.readError('error-1.log')).rejects.toMatchObject({ code: 'file_not_found' });
  await expect(logs.readById('1')).rejects.toMatchObject({ code: 'file_not_found' });
});

test('a log is read by its name or by the id of its request', async () => {
  const logs = withLogs();
  const name = 'error-v1-messages-2-de-f.log';
  expect(await logs.readError(name)).toEqual({ name, content: `content of ${name}` });
  expect(await logs.readById('de-f')).toEqual({ name, content: `content of ${name}` });
  expect((await logs.readById('ghi')).name).toBe('v1-messages-3-ghi.log');
});

test('no other file can be read', async () => {
  const logs = withLogs();
  const wrong = {
    '../x.log': 'invalid_name',
    '': 'invalid_name',
    '\0': 'invalid_name',
    'main.log': 'file_not_found',
    'error-9.log': 'file_not_found',
    'error-folder.log': 'file_not_found',
    'error-link.log': 'file_not_found',
  };
  for (const [name, code] of Object.entries(wrong)) await expect(logs.readError(name)).rejects.toMatchObject({ code });
  for (const id of ['', '..', '../abc', 'zz', '*', 'abc.log']) {
    await expect(logs.readById(id)).rejects.toMatchObject({ code: 'file_not_found' });
  }
});
