// `GET /config.yaml` while there is nothing to download.
import { mkdirSync, rmSync } from 'node:fs';
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
