// A login from the tray to the saved account, with the fake providers of the conformance kit.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startDesktop, until } from '../support/desktop.ts';
import { holdLoginPorts } from '../support/login-ports.ts';
import { fakeProviders } from '../support/login-world.ts';

holdLoginPorts();

test('sign in from the tray: the drawer opens, the browser opens, the account is saved', async () => {
  const fakes = await fakeProviders();
  const desktop = startDesktop({ config: `proxy-url: ${fakes.proxyUrl}\n`, env: fakes.env, args: ['--hidden'] });
  await desktop.address();
  await desktop.chooseInTray('Sign in…');
  await desktop.page('waitForSelector', 'text=Codex');
  await desktop.openLink('cliproxy://login/codex');
  await desktop.page('click', 'role=button[name="Open sign-in page"]');
  const [url] = await until(
    async () => (await desktop.asked()).opened,
    (opened) => opened.length === 1,
  );
  expect(url).toMatch(/^https:\/\/auth\.openai\.com\/oauth\/authorize\?/);

  await desktop.lookAway();
  await fakes.approve(url as string, { via: 'port' });
  await until(
    () => readdirSync(path.join(desktop.home, 'accounts')).length,
    (count) => count === 1,
  );
  await until(
    () => desktop.tray(),
    (tray) => tray?.menu[1]?.label === '1 account available',
  );
  const { notifications } = await desktop.asked();
  expect(notifications).toContainEqual({ title: 'Sign-in complete', body: 'codex' });
});

test('only pages of waiting logins are opened, whatever the page asks', async () => {
  const desktop = startDesktop();
  await desktop.address();
  await desktop.page('waitForSelector', 'nav');
  const open = (state: string) =>
    desktop.page('evaluate', `window.bridge.call('desktop.open-login', ${JSON.stringify({ state })})`);
  expect(await open('https://example.com/')).toMatchObject({ ok: false, code: 'login_not_pending' });
  expect(await open('')).toMatchObject({ ok: false });
  expect((await desktop.asked()).opened).toEqual([]);
});
