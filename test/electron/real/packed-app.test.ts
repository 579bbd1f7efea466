// The packed app under the real Electron: what the stand-in can only imitate. Run by `npm run test:electron`.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MenuItem, Tray } from 'electron';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.ts';
import { managementHash } from '../../support/test-app.ts';

const executable = process.env.PACKED_APP as string;

let app: ElectronApplication;
let page: Page;
let exitCode: Promise<number | null>;
let args: readonly string[];
let env: Record<string, string>;

beforeAll(async () => {
  const home = tempFolder();
  const appData = path.join(home, 'AppData', 'Roaming');
  mkdirSync(appData, { recursive: true });
  const configFile = path.join(home, 'other.yaml');
  const lines = [
    'port: 0',
    `auth-dir: ${JSON.stringify(path.join(home, 'accounts'))}`,
    `remote-management: {secret-key: ${JSON.stringify(managementHash)}}`,
    'request-retry: 9',
  ];
  writeFileSync(configFile, `${lines.join('\n')}\n`);
  const { XDG_CONFIG_HOME: _, ...inherited } = process.env as Record<string, string>;
  env = { ...inherited, HOME: home, USERPROFILE: home, APPDATA: appData };
  // No keychain of the machine that runs the test.
  args = ['--use-mock-keychain', '--password-store=basic', '--config', configFile];
  app = await _electron.launch({ executablePath: executable, args: [...args], env });
  exitCode = new Promise((resolve) => app.process().once('exit', resolve));
  page = await app.firstWindow();
}, 120_000);

afterAll(() => {
  app?.process().kill('SIGKILL');
});

const call = (name: string, input?: unknown): Promise<unknown> =>
  page.evaluate(
    ([operation, value]) =>
      (globalThis as unknown as { bridge: { call(name: unknown, input: unknown): Promise<unknown> } }).bridge.call(
        operation,
        value,
      ),
    [name, input] as const,
  );

/** Remembers the tray and the menu that the app shows next; the tray's icon is the reason to show one. */
async function catchTray(): Promise<void> {
  await app.evaluate(({ Tray: TrayClass }) => {
    const { setImage, setContextMenu } = TrayClass.prototype;
    const seen = globalThis as { seenTray?: Tray; seenMenu?: Electron.Menu | null };
    TrayClass.prototype.setImage = function set(this: Tray, image) {
      seen.seenTray = this;
      return setImage.call(this, image);
    };
    TrayClass.prototype.setContextMenu = function set(this: Tray, menu) {
      seen.seenMenu = menu;
      return setContextMenu.call(this, menu);
    };
  });
}

/** The labels of the tray's menu; where the app shows it on a click, it is clicked. */
function trayLabels(choose?: string): Promise<readonly string[]> {
  return app.evaluate((_electronModule, label) => {
    const seen = globalThis as { seenTray?: Tray; seenMenu?: Electron.Menu | null };
    const { seenTray } = seen;
    if (seenTray !== undefined && process.platform !== 'linux') {
      seenTray.popUpContextMenu = (menu) => {
        seen.seenMenu = menu ?? null;
      };
      seenTray.emit('right-click', {}, { x: 0, y: 0, width: 0, height: 0 });
    }
    const items: readonly MenuItem[] = seen.seenMenu?.items ?? [];
    // Later, so that the test has its answer before the app is gone.
    if (label !== undefined) setTimeout(() => items.find((item) => item.label === label)?.click(), 100);
    return items.map((item) => item.label);
  }, choose);
}

test('the window opens with our page, which is drawn', async () => {
  expect(page.url()).toMatch(/^app:\/\/window\/management\.html#\//);
  await page.waitForSelector('nav');
});

test('the page reaches the program by IPC, which has read the file of --config', async () => {
  expect(await call('request-retry.get')).toMatchObject({ ok: true, value: { 'request-retry': 9 } });
});

test('the page has nothing of Node', async () => {
  expect(await page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, typeof process])).toEqual([
    'undefined',
    'undefined',
  ]);
});

test('the server answers, and the thread that checks keys runs from inside the archive', async () => {
  const info = (await call('server-info.get')) as { readonly value: { readonly address: string } };
  const headers = { 'x-management-key': 'mgmt-secret' };
  const response = await fetch(`${info.value.address}/v0/management/debug`, { headers });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ debug: false });
});

test('the tray has its menu, and follows the settings', async () => {
  await catchTray();
  await call('debug.set', { value: true });
  await expect.poll(() => trayLabels()).toContain('Quit');
});

test('a second start ends itself and brings the window of the first to the front', async () => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((window) => void window.hide()));
  const linuxFlags = process.platform === 'linux' ? ['--no-sandbox'] : [];
  const second = spawn(executable, [...linuxFlags, ...args, 'cliproxy://settings'], { env, stdio: 'ignore' });
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible())))
    .toBe(true);
  await expect.poll(() => page.url()).toMatch(/#\/settings$/);
});

test('Quit in the tray ends the app', async () => {
  await trayLabels('Quit');
  expect(await exitCode).toBe(0);
});
