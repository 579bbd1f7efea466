// The built desktop app from end to end, on the stand-in for Electron: real program, real page in Chromium, real files.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type Desktop, startDesktop, until } from '../support/desktop.ts';

const checked = async (desktop: Desktop, label: string) =>
  (await desktop.tray())?.menu.find((item) => item.label === label)?.checked;
const becomes = (desktop: Desktop, label: string, on: boolean) =>
  until(
    () => checked(desktop, label),
    (is) => is === on,
  );
const debugInWindow = 'role=switch[name="Debug logging"][checked]';

test('debug toggled in the tray changes the file, the HTTP response and the open window, and the other way round', async () => {
  const desktop = startDesktop({ config: 'debug: false # mine\n' });
  await desktop.address();
  await desktop.openLink('cliproxy://settings/debug');
  await desktop.page('waitForSelector', 'role=switch[name="Debug logging"]');

  await desktop.chooseInTray('Debug logging');
  await desktop.page('waitForSelector', debugInWindow);
  expect(desktop.readConfig()).toContain('debug: true # mine\n');
  expect((await desktop.api('GET', '/debug')).body).toEqual({ debug: true });
  await becomes(desktop, 'Debug logging', true);
  expect((await desktop.tray())?.image).toBe('debug-22-white.png');

  // Over HTTP, then in an editor, then in the window.
  await desktop.api('PUT', '/debug', { value: false });
  await becomes(desktop, 'Debug logging', false);
  writeFileSync(desktop.configFile, desktop.readConfig().replace('debug: false', 'debug: true'));
  await becomes(desktop, 'Debug logging', true);
  await desktop.page('waitForSelector', debugInWindow);
  await desktop.page('press', debugInWindow, 'Space');
  await becomes(desktop, 'Debug logging', false);
  expect(desktop.readConfig()).toContain('debug: false # mine\n');
  expect((await desktop.tray())?.image).toBe('running-22-white.png');
});

test('the upstream proxy is a switch: off remembers the address, on puts it back', async () => {
  const desktop = startDesktop({ config: 'proxy-url: socks5://user:secret@127.0.0.1:1080\n' });
  await desktop.address();
  const label = 'Use upstream proxy (127.0.0.1:1080)';
  await becomes(desktop, label, true);
  await desktop.chooseInTray(label);
  await becomes(desktop, 'Use upstream proxy', false);
  expect(desktop.readConfig()).toMatch(/proxy-url: ''|proxy-url: ""|^(?!.*proxy-url)/s);
  await desktop.chooseInTray('Use upstream proxy');
  await becomes(desktop, label, true);
  expect(desktop.readConfig()).toContain('socks5://user:secret@127.0.0.1:1080');
  expect(JSON.stringify(await desktop.tray())).not.toContain('secret');
});

test('closing hides the window, says so once, and a second start brings it back', async () => {
  const desktop = startDesktop();
  await desktop.address();
  await until(
    () => desktop.window(),
    (window) => window?.visible === true,
  );
  await desktop.closeWindow();
  expect(await desktop.window()).toEqual({ visible: false, minimised: false });
  expect((await desktop.asked()).notifications.map(({ title }) => title)).toEqual(['Still running']);

  const second = startDesktop({ home: desktop.home, args: ['cliproxy://login/codex'] });
  expect(await second.exit).toBe(0);
  await until(
    () => desktop.window(),
    (window) => window?.visible === true,
  );
  await until(
    () => desktop.place(),
    (place) => place === 'accounts/login/codex',
  );
  expect((await desktop.api('GET', '/debug')).status).toBe(200);

  await desktop.closeWindow();
  expect((await desktop.asked()).notifications).toHaveLength(1);
  await desktop.chooseInTray('Open CLI Proxy Desktop');
  await until(
    () => desktop.window(),
    (window) => window?.visible === true,
  );
});

test('without anybody who shows tray icons closing minimises, and hidden starts are not hidden', async () => {
  const desktop = startDesktop({ trayHost: false, args: ['--hidden'] });
  await desktop.address();
  await until(
    () => desktop.window(),
    (window) => window?.visible === true,
  );
  await desktop.closeWindow();
  expect(await desktop.window()).toEqual({ visible: true, minimised: true });
});

test('started hidden there is only the tray until somebody asks for the window', async () => {
  const desktop = startDesktop({ args: ['--hidden'] });
  await desktop.address();
  expect((await desktop.api('GET', '/debug')).status).toBe(200);
  expect(await desktop.window()).toBeUndefined();
  await desktop.chooseInTray('Settings…');
  await until(
    () => desktop.place(),
    (place) => place === 'settings',
  );
});

/** Begins a write and stops in the middle of its body; what is returned sends the rest and gives the status. */
function halfWrite(address: string): Promise<() => Promise<number>> {
  const body = '{"value":7}';
  const sent = request(`${address}/v0/management/request-retry`, {
    method: 'PUT',
    agent: false,
    headers: { 'x-management-key': 'mgmt-secret', 'content-length': body.length, expect: '100-continue' },
  });
  const status = new Promise<number>((resolve, reject) => {
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
  });
  sent.flushHeaders();
  return new Promise((resolve, reject) => {
    sent.on('error', reject);
    sent.on('continue', () => {
      sent.write(body.slice(0, 5));
      resolve(() => {
        sent.end(body.slice(5));
        return status;
      });
    });
  });
}

test('quitting finishes the write that is under way, and a signal quits too', async () => {
  const desktop = startDesktop({ args: ['--hidden'] });
  const finish = await halfWrite(await desktop.address());
  await desktop.chooseInTray('Quit');
  await until(
    async () => (await desktop.tray())?.menu[0]?.label,
    (label) => label === 'Stopping',
  );
  expect(await finish()).toBe(200);
  expect(await desktop.exit).toBe(0);
  expect(desktop.readConfig()).toContain('request-retry: 7');

  const again = startDesktop({ home: desktop.home, args: ['--hidden'] });
  await again.address();
  again.kill('SIGTERM');
  expect(await again.exit).toBe(0);
});

test('a system that is switched off waits for the write that is under way', async () => {
  const desktop = startDesktop({ args: ['--hidden'] });
  const finish = await halfWrite(await desktop.address());
  await desktop.shutDown();
  await until(
    async () => (await desktop.tray())?.menu[0]?.label,
    (label) => label === 'Stopping',
  );
  expect(await finish()).toBe(200);
  expect(await desktop.exit).toBe(0);
  expect(desktop.readConfig()).toContain('request-retry: 7');
});

test.runIf(process.platform !== 'win32')('quitting ends although a pipe stands in place of the log', async () => {
  const desktop = startDesktop({ config: 'logging-to-file: true\n', args: ['--hidden'] });
  await desktop.api('GET', '/debug');
  const log = path.join(path.dirname(desktop.configFile), 'logs', 'main.log');
  await until(
    () => existsSync(log),
    (exists) => exists,
  );
  rmSync(log);
  execFileSync('mkfifo', [log]);
  await desktop.api('GET', '/debug');
  await desktop.quit();
  expect(await desktop.exit).toBe(0);
});

test('the server stops and starts from the tray, and the icon tells', async () => {
  const desktop = startDesktop({ args: ['--hidden'] });
  await desktop.address();
  await desktop.chooseInTray('Stop server');
  await until(
    () => desktop.tray(),
    (tray) => tray?.image === 'stopped-22-white.png',
  );
  await desktop.chooseInTray('Start server');
  await until(
    () => desktop.tray(),
    (tray) => tray?.image === 'running-22-white.png',
  );
});

test('preferences, the login item and the clipboard work from the window', async () => {
  const desktop = startDesktop();
  await desktop.address();
  const ask = (name: string, input?: unknown) =>
    desktop.page('evaluate', `window.bridge.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`);
  await desktop.page('waitForSelector', 'nav');
  const reply = await ask('desktop.preferences.set', { startAtLogin: true, onClose: 'quit' });
  expect(reply).toMatchObject({ ok: true, value: { startAtLogin: true, onClose: 'quit', startHidden: true } });
  const entry = readFileSync(`${desktop.home}/.config/autostart/cli-proxy-desktop.desktop`, 'utf8');
  expect(entry).toMatch(/^Exec=".*node" --hidden$/m);
  await ask('desktop.preferences.set', { startAtLogin: false });
  expect(await ask('desktop.preferences.get')).toMatchObject({ value: { startAtLogin: false } });
  await ask('desktop.open-folder', { folder: 'config' });
  await ask('desktop.open-config');
  const directory = `${desktop.home}/.config/cli-proxy-desktop`;
  expect((await desktop.asked()).folders).toEqual([directory, `${directory}/config.yaml`]);

  await desktop.closeWindow();
  expect(await desktop.exit).toBe(0);
});

test('the management key is replaced, kept in the keychain, copied, and opens the API', async () => {
  const desktop = startDesktop();
  const address = await desktop.address();
  await desktop.openLink('cliproxy://settings/management-key');
  await desktop.page('click', 'role=button[name="Replace"]');
  await desktop.page('click', 'role=button[name=/^Replace; /]');
  await desktop.page('waitForSelector', 'text=/replaced/i');
  const state = await desktop.page('evaluate', "window.bridge.call('desktop.management-key.state')");
  expect(state).toMatchObject({ ok: true, value: { kept: true, hint: expect.stringMatching(/^.{4}….{4}$/) } });
  await desktop.page('evaluate', "window.bridge.call('desktop.management-key.copy')");
  const key = await desktop.clipboard();
  const answer = (presented: string) =>
    fetch(`${address}/v0/management/debug`, { headers: { 'x-management-key': presented } });
  expect((await answer(key)).status).toBe(200);
  expect((await answer('mgmt-secret')).status).toBe(401);
  expect(desktop.readConfig()).not.toContain(key);
});

test('a link that offers a provider opens its editor filled in, without any key', async () => {
  const desktop = startDesktop();
  await desktop.address();
  const before = desktop.readConfig();
  await desktop.openLink('cliproxy://add-key?name=relay-b&base-url=https://relay-b.example.net/v1&api-key=sk-link');
  await desktop.page('waitForSelector', 'input[value="https://relay-b.example.net/v1"]');
  expect(await desktop.place()).not.toContain('sk-link');
  expect(desktop.readConfig()).toBe(before);
});

test('the tray says when a setting goes off by itself, also after a restart', async () => {
  const desktop = startDesktop();
  await desktop.address();
  await desktop.api('PUT', '/auto-off', { setting: 'debug', minutes: 30 });
  const label = /^Debug logging \(until \d\d:\d\d\)$/;
  const said = async (shown: Desktop) =>
    (await until(
      async () => (await shown.tray())?.menu.find((item) => item.label.startsWith('Debug logging'))?.label,
      (found) => label.test(found ?? ''),
    )) as string;
  const before = await said(desktop);
  await desktop.quit();
  await desktop.exit;
  const again = startDesktop({ home: desktop.home });
  expect(await said(again)).toBe(before);
  await again.chooseInTray(before);
  await becomes(again, 'Debug logging', false);
});
