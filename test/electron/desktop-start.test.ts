// How the desktop app starts: the first time, with an invalid config, on a port that is taken.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { prepareHome, startDesktop, until } from '../support/desktop.ts';

/** Holds a port as another program does. */
async function takenPort(): Promise<number> {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => blocker.close(() => resolve())));
  return (blocker.address() as { readonly port: number }).port;
}

test('a first run makes a private config, keeps its key in the keychain and shows three steps', async () => {
  const desktop = startDesktop({ config: undefined });
  const address = await desktop.address();
  await desktop.page('waitForSelector', 'role=heading[name=/^Three steps/]');
  expect(statSync(desktop.configFile).mode & 0o777).toBe(0o600);
  const reply = await until(
    () => desktop.page('evaluate', "window.bridge.call('desktop.management-key.copy')"),
    (answer) => (answer as { readonly ok: boolean }).ok,
  );
  expect(reply).toMatchObject({ ok: true });
  const key = await desktop.clipboard();
  const answer = await fetch(`${address}/v0/management/debug`, { headers: { 'x-management-key': key } });
  expect(answer.status).toBe(200);
  const folder = path.dirname(desktop.configFile);
  expect(readFileSync(path.join(folder, 'desktop.json'), 'utf8')).not.toContain(key);
  expect(desktop.readConfig()).not.toContain(key);
  expect(existsSync(path.join(desktop.home, '.cli-proxy-api'))).toBe(false);
});

test('without a keychain the key is not written anywhere', async () => {
  const desktop = startDesktop({ config: undefined, args: ['--hidden'], env: { STAND_IN_KEYCHAIN: 'basic_text' } });
  await desktop.address();
  const folder = path.dirname(desktop.configFile);
  await until(
    () => readFileSync(path.join(folder, 'desktop.log'), 'utf8'),
    (log) => log.includes('no keychain'),
  );
  const kept = path.join(folder, 'desktop.json');
  expect(existsSync(kept) && readFileSync(kept, 'utf8').includes('managementKey')).toBe(false);
});

test('an invalid config shows tray and window with the line, and saving a better one starts the server', async () => {
  const desktop = startDesktop({ config: 'debug: [\n', args: ['--hidden'] });
  await until(
    () => desktop.tray(),
    (tray) => tray?.image === 'attention-22-white.png',
  );
  await until(
    () => desktop.place(),
    (place) => /^config\/\d+$/.test(place),
  );
  expect((await desktop.tray())?.menu.map(({ label }) => label).slice(0, 2)).toEqual([
    'Not running',
    expect.stringMatching(/^The config has an error on line \d+$/),
  ]);
  await desktop.page('waitForSelector', '.cm-content >> text=debug');
  await desktop.page('waitForSelector', 'text=The server is not running because');
  expect((await desktop.asked()).dialogs).toEqual([]);

  const good = desktop.readConfig().replace('debug: [', 'debug: true');
  const put = `window.bridge.call('config-yaml.put', ${JSON.stringify({ text: good })})`;
  expect(await desktop.page('evaluate', put)).toEqual({ ok: true, value: { ok: true, changed: ['config'] } });
  expect((await desktop.api('GET', '/debug')).body).toEqual({ debug: true });
  await desktop.page('waitForSelector', 'text=/Running/');
});

test('a config fixed in an editor starts the server too', async () => {
  const desktop = startDesktop({ config: 'port: 1\n', args: ['--hidden'] });
  await until(
    () => desktop.tray(),
    (tray) => tray?.image === 'attention-22-white.png',
  );
  writeFileSync(desktop.configFile, desktop.readConfig().replace(/port: 1\n/, 'debug: true\n'));
  expect((await desktop.api('GET', '/debug')).body).toEqual({ debug: true });
});

test('a taken port shows the reason, and the tray offers the next free one', async () => {
  const port = await takenPort();
  const desktop = startDesktop({ port, args: ['--hidden'] });
  const tray = await until(
    () => desktop.tray(),
    (seen) => seen?.menu.some(({ label }) => label.startsWith('Use port')) === true,
  );
  expect(tray?.image).toBe('attention-22-white.png');
  await until(
    () => desktop.window(),
    (window) => window?.visible === true,
  );
  await desktop.page('waitForSelector', `text=/Port ${port}/`);
  const offer = tray?.menu.find(({ label }) => label.startsWith('Use port'))?.label as string;
  await desktop.chooseInTray(offer);
  const address = await desktop.address();
  expect(offer).toContain(address.split(':').at(-1));
  expect(desktop.readConfig()).toContain(`port: ${address.split(':').at(-1)}\n`);
});

test('a taken port is left with one click in the window', async () => {
  const port = await takenPort();
  const desktop = startDesktop({ port });
  await until(
    () => desktop.window(),
    (window) => window?.visible === true,
  );
  await desktop.page('click', 'role=button[name=/^Use port/]');
  const address = await desktop.address();
  expect(address).not.toContain(`:${port}`);
  await desktop.page('waitForSelector', 'text=/Running/');
});

test('links open places, and only places', async () => {
  const home = prepareHome('');
  const desktop = startDesktop({ home, args: ['cliproxy://add-key'] });
  await desktop.address();
  await until(
    () => desktop.place(),
    (place) => place === 'providers',
  );
  await desktop.openLink('cliproxy://login/nobody');
  await desktop.openLink('https://example.com/');
  await desktop.openLink('cliproxy://quit');
  expect(await desktop.place()).toBe('providers');
});

test('damaged desktop preferences do not keep the app from starting', async () => {
  const home = prepareHome('');
  writeFileSync(path.join(home, '.config', 'cli-proxy-desktop', 'desktop.json'), '{ broken');
  const desktop = startDesktop({ home, args: ['--hidden'] });
  await desktop.address();
});
