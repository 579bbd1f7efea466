// The way into the window from a browser: the key, refusals in words, and a connection that is lost and comes back.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openWindow, type TestWindow } from './support/browser.ts';
import { managementKey, type ServerSetup, startServer, type TestServer } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';

let browser: Browser;
let server: TestServer;
let window: TestWindow;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(window.findings).toEqual([]);
  await window.close();
  await server.stop();
});

async function open(setup: ServerSetup = {}, options: Parameters<typeof openWindow>[2] = { locked: true }) {
  server = await startServer('http', setup);
  window = await openWindow(browser, server, options);
}

const keyField = () => window.page.getByRole('textbox', { name: 'Management key' });
async function give(key: string): Promise<void> {
  await keyField().fill(key);
  await window.page.getByRole('button', { name: /^(Open|Try again)$/ }).click();
}
const atHome = () => window.page.getByRole('link', { name: 'Home', exact: true }).waitFor();

test('the key is asked for once and kept for the tab only', async () => {
  await open();
  await keyField().waitFor();
  // Nobody but the person knows the key: the field is empty and holds the focus.
  expect(await keyField().inputValue()).toBe('');
  expect(await keyField().evaluate((field) => field === document.activeElement)).toBe(true);
  await give(managementKey);
  await atHome();
  await window.page.reload();
  await atHome();
  expect(await window.page.content()).not.toContain(managementKey);
  expect(await window.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(managementKey);
  const other = await window.context.newPage();
  await other.goto(`${server.address}/management.html`);
  await other.getByRole('textbox', { name: 'Management key' }).waitFor();
});

test('the key is kept in the browser when the person wants it', async () => {
  await open();
  await window.page.getByRole('checkbox', { name: 'Remember the key in this browser' }).check();
  await give(managementKey);
  await atHome();
  const other = await window.context.newPage();
  await other.goto(`${server.address}/management.html`);
  await other.getByRole('link', { name: 'Home', exact: true }).waitFor();
  await other.close();
  // Leaving forgets it.
  await window.page.getByRole('button', { name: /127\.0\.0\.1/ }).click();
  await window.page.getByRole('menuitem', { name: 'Forget key and sign out' }).click();
  await keyField().waitFor();
  expect(await window.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(managementKey);
});

test('a wrong key is called wrong, and the right one still opens', async () => {
  await open();
  await give('not-the-key');
  await window.page.getByText('Incorrect key.').waitFor();
  await give(managementKey);
  await atHome();
});

test('a page without a key asks once, so that opening it often bans nobody', async () => {
  await open();
  const asked: string[] = [];
  window.page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/v0/management/')) asked.push(pathname);
  });
  await window.page.reload();
  await keyField().waitFor();
  expect(asked).toEqual(['/v0/management/events']);
});

test('a remote computer is told how many keys it may still try, and then how long it has to wait', async () => {
  // Goes on with the section of the management API.
  await open({ config: '  allow-remote: true\n' });
  await window.context.setExtraHTTPHeaders({ 'x-forwarded-for': '203.0.113.7' });
  // Each answer is waited for: the next key ends what is still asked with the one before.
  for (let tries = 1; tries < 5; tries += 1) {
    await give(`wrong-${tries}`);
    await window.page.getByText(new RegExp(`Incorrect key\\. ${5 - tries} more attempt`)).waitFor();
  }
  await give('wrong-5');
  await window.page.getByText(/Incorrect key\.(?! [1-4] )|Too many wrong keys/).waitFor();
  if ((await window.page.getByText('Too many wrong keys').count()) === 0) await give(managementKey);
  await window.page.getByText(/Possible again in 30 min/).waitFor();
  await keyField().fill(managementKey);
  expect(await window.page.getByRole('button', { name: 'Try again' }).isDisabled()).toBe(true);
});

test('an API without a key is explained, and the window opens once there is one', async () => {
  await open();
  const config = server.config();
  server.writeConfig(config.replace(/^ {2}secret-key: .*$/m, '  secret-key: ""'));
  await expect.poll(async () => (await fetch(`${server.address}/v0/management/debug`)).status).toBe(404);
  await give(managementKey);
  await window.page.getByText('The management API is off').waitFor();
  server.writeConfig(config);
  await expect.poll(async () => (await fetch(`${server.address}/v0/management/debug`)).status).toBe(401);
  await give(managementKey);
  await atHome();
});

test('a window whose key was replaced asks for the new one', async () => {
  await open({}, {});
  const { key } = await server.api<{ key: string }>('POST', '/management-key');
  await window.page.getByRole('link', { name: 'Usage' }).click();
  await keyField().waitFor();
  await give(key);
  await window.page.getByRole('heading', { name: 'Usage' }).waitFor();
});

test('a lost connection is said, and heals itself with what happened meanwhile', async () => {
  await open({ config: 'debug: false\n' }, {});
  await window.go('settings');
  const toggle = window.page.getByRole('switch', { name: 'Debug logging' });
  await toggle.waitFor();
  const port = Number(new URL(server.address).port);
  await server.stop();
  await window.page.getByText('The server is not responding.').waitFor();
  // What is known stays in view, and a change that cannot be made is taken back.
  await toggle.press('Space');
  await window.page.getByText('Could not change “Debug logging”').waitFor();
  expect(await toggle.isChecked()).toBe(false);

  server = await startServer('http', { config: 'debug: true\n', port });
  await window.page.locator('.banner').waitFor({ state: 'detached' });
  await expect.poll(() => toggle.isChecked()).toBe(true);
});

test('what cannot be asked of the server is told in the language of the window', async () => {
  await open({}, { language: 'zh-CN', path: 'settings' });
  const { page } = window;
  await page.getByRole('heading', { name: '设置' }).waitFor();
  await page.route('**/v0/management/debug', (route) => route.abort());
  await page.getByRole('switch', { name: '调试日志' }).press(' ');
  await page.getByRole('alert').getByText('服务无响应。').waitFor();
});
