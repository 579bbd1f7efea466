import { appendFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { managementHash, startTestApp } from '../../support/test-app.ts';

const advice = /Remote management is allowed, but .* Set host: 0\.0\.0\.0/;

test('remote access that is allowed in vain is said in the log, with the line to add', async () => {
  const app = await startTestApp({ config: 'logging-to-file: true\n' });
  const log = async () => (await app.call('GET', '/logs')).text();
  expect(await log()).not.toMatch(advice);
  const text = app.readConfig().replace('secret-key', 'allow-remote: true\n  secret-key');
  writeFileSync(app.configFile, text);
  await expect.poll(log).toMatch(advice);
  appendFileSync(app.configFile, 'debug: true\n');
  await expect.poll(async () => (await app.call('GET', '/debug')).json()).toEqual({ debug: true });
  expect((await log()).match(new RegExp(advice, 'g'))).toHaveLength(1);
  expect(app.readConfig()).toContain(managementHash);
  await app.close();
});
