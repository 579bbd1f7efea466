// `/config.yaml`: what there is to say of a document, and downloads while there is none.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp();
});
afterEach(() => app.close());

const download = async () => {
  const answer = await app.call('GET', '/config.yaml');
  return [answer.status, await answer.json()];
};

test('a config that is gone is not found', async () => {
  rmSync(app.configFile);
  expect(await download()).toEqual([404, { error: 'not_found', message: 'config file not found' }]);
});

test('one that cannot be read says why', async () => {
  rmSync(app.configFile);
  mkdirSync(app.configFile);
  expect(await download()).toEqual([500, { error: 'read_failed', message: expect.stringContaining('folder') }]);
});

test('saving a document answers with its notices, and with an empty list when the last one is gone', async () => {
  const clean = readFileSync(app.configFile, 'utf8');
  const put = async (text: string) => {
    const response = await app.send('PUT', '/config.yaml', text, { 'content-type': 'application/yaml' });
    return [response.status, await response.json()];
  };
  const saved = { ok: true, changed: ['config'] };
  expect(await put(`${clean}# the same settings\n`)).toEqual([200, saved]);
  const line = clean.split('\n').length;
  const notices = [expect.objectContaining({ line, column: 1, path: 'pprof', kind: 'unused' })];
  expect(await put(`${clean}pprof: {enable: true}\n`)).toEqual([200, { ...saved, notices }]);
  expect(await put(clean)).toEqual([200, { ...saved, notices: [] }]);
  expect(await put(`${clean}# the same settings\n`)).toEqual([200, saved]);
});
