// How the packaged app reads its arguments, and what is asked of it while it is still starting.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { configOf, prepareHome, startDesktop, until } from '../support/desktop.ts';
import { managementHash } from '../support/test-app.ts';

const packaged = { STAND_IN_PACKAGED: '1' };
const secondStart = path.join(import.meta.dirname, '../support/electron/second-start-at-ready.ts');

test.each(['--config FILE', '--config=FILE'])('a packaged app uses the file of %s', async (form) => {
  const home = prepareHome(undefined);
  const file = path.join(home, 'other.yaml');
  const secret = `remote-management: {secret-key: ${managementHash}}`;
  writeFileSync(file, `port: 0\nauth-dir: ${home}/accounts\n${secret}\nrequest-retry: 9\n`);
  const args = form.split(' ').map((part) => part.replace('FILE', file));
  const desktop = startDesktop({ home, env: packaged, args: [...args, '--hidden'] });
  expect(await desktop.api('GET', '/request-retry')).toEqual({ status: 200, body: { 'request-retry': 9 } });
  expect(existsSync(configOf(home))).toBe(false);
});

test('a second start while a hidden app is still starting opens the window', async () => {
  const desktop = startDesktop({ env: packaged, args: ['--hidden'], imports: [secondStart] });
  await desktop.address();
  await until(
    () => desktop.window(),
    (window) => window?.visible === true,
  );
});

test('a deep link of a second start while the app is still starting opens its route', async () => {
  const env = { ...packaged, SECOND_START_LINK: 'cliproxy://settings' };
  const desktop = startDesktop({ env, args: ['--hidden'], imports: [secondStart] });
  await until(
    () => desktop.place(),
    (route) => route === 'settings',
  );
});
