// Lists at any width, with long names and many rows: every control within reach, and the focus never lost.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWindow, type TestWindow } from './support/browser.ts';
import { type ServerSetup, startServer, type TestServer } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';

const long = 'n'.repeat(100);
const rows = 500;
const account = (email: string) => JSON.stringify({ type: 'codex', email, access_token: 't', refresh_token: 'r' });

/** A long name and hundreds of short ones in every list. */
const setup: ServerSetup = {
  config: [
    'usage-statistics-enabled: true',
    `api-keys: [${['ck-long', ...Array.from({ length: rows }, (_, index) => `ck-${1000 + index}`)].join(', ')}]`,
    `client-policies: [{api-key: ck-long, name: ${long}, models: [${long}]}, {api-key: ck-1003, name: laptop}, {api-key: ck-1004, name: editor}]`,
    `gemini-api-key: [{api-key: g-long, base-url: "http://127.0.0.1:9/${long}"}]`,
    `claude-api-key: [{api-key: c-long, models: [{name: ${long}, alias: ${long}}]}]`,
    'openai-compatibility:',
    ...[long, ...Array.from({ length: rows }, (_, index) => `relay-${1000 + index}`)].map(
      (name) => `  - {name: ${name}, base-url: "http://127.0.0.1:9/v1", api-key-entries: [{api-key: k}]}`,
    ),
    '',
  ].join('\n'),
  accounts: {
    [`codex-${long}@example.com.json`]: account(`${long}@example.com`),
    ...Object.fromEntries(
      Array.from({ length: rows }, (_, index) => [
        `codex-u${1000 + index}.json`,
        account(`u${1000 + index}@x.example`),
      ]),
    ),
  },
};

let browser: Browser;
let server: TestServer;
let window: TestWindow;
beforeAll(async () => {
  browser = await connectBrowser();
  server = await startServer('http', setup);
  window = await openWindow(browser, server);
  // Requests of a model with a long name, which fail.
  for (let count = 0; count < 3; count += 1) {
    await fetch(`${server.address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer ck-long', 'content-type': 'application/json' },
      body: JSON.stringify({ model: long, messages: [{ role: 'user', content: 'U' }] }),
    });
  }
});
afterAll(async () => {
  await window?.close();
  await browser?.close();
  await server?.stop();
});

const places = [
  { path: 'home', ready: 'main h2' },
  { path: 'accounts', ready: '.account' },
  { path: 'files', ready: '.file-table tbody tr button' },
  { path: 'providers', ready: '.table tbody tr' },
  { path: 'providers/gemini', ready: '.table tbody tr' },
  { path: 'providers/claude', ready: '.table tbody tr' },
  { path: 'keys', ready: '.key-line' },
  { path: 'requests', ready: '.request-table tr[data-id]' },
  { path: 'usage', ready: '.table tbody tr' },
  { path: 'tools', ready: 'main h1' },
  { path: 'settings', ready: '.setting' },
  { path: 'config', ready: '.cm-content' },
  { path: 'help/doctor', ready: '.col-check' },
];

/** Controls of the page that are cut off at the side, by the window or by what they are in. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const outside = (element: Element): boolean => {
      const { left, right } = element.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1) return true;
      for (let around = element.parentElement; around !== null; around = around.parentElement) {
        if (getComputedStyle(around).overflowX === 'visible') continue;
        const box = around.getBoundingClientRect();
        if (left < box.left - 1 || right > box.right + 1) return true;
      }
      return false;
    };
    const controls = [
      ...document.querySelectorAll('main :is(button, a[href], .mantine-Switch-track, input[type=text])'),
    ];
    return controls
      .filter((control) => control.checkVisibility() && control.getBoundingClientRect().width > 1 && outside(control))
      .map((control) => control.getAttribute('aria-label') ?? control.textContent?.slice(0, 40) ?? '');
  });

// 200 % of a window of 1180 px is one of 590 px.
test.each([590, 1180])(
  'every control is inside a window of %i px, in the first rows and in the last',
  async (width) => {
    const { page } = window;
    await page.setViewportSize({ width, height: 760 });
    const found: string[] = [];
    for (const { path, ready } of places) {
      await window.go(path);
      await page.locator(ready).first().waitFor({ timeout: 20_000 });
      found.push(...(await cutOff(page)).map((name) => `${path}: ${name}`));
      await page.evaluate(() => {
        for (const element of document.querySelectorAll('main, main *'))
          if (element.scrollHeight > element.clientHeight && /auto|scroll/.test(getComputedStyle(element).overflowY))
            element.scrollTop = element.scrollHeight;
      });
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      found.push(...(await cutOff(page)).map((name) => `end of ${path}: ${name}`));
    }
    expect([...new Set(found)]).toEqual([]);
  },
);

/** What has the focus, by its accessible name. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const active = document.activeElement;
    return active?.getAttribute('aria-label') ?? active?.textContent ?? '';
  });

test.each([
  { path: 'providers', name: 'relay-1003', next: 'relay-1004', item: 'Delete' },
  { path: 'keys', name: 'laptop', next: 'editor', item: 'Revoke' },
  { path: 'files', name: 'codex-u1003.json', next: 'codex-u1004.json', item: 'Delete' },
  { path: 'accounts', name: 'u1005@x.example', next: 'u1006@x.example', item: 'Delete' },
])('after a deletion by keyboard in $path the next row has the focus', async ({ path, name, next, item }) => {
  const { page } = window;
  await page.setViewportSize({ width: 1180, height: 760 });
  await window.go(path);
  const menu = page.getByRole('button', { name: new RegExp(`^More actions for ${name}`) });
  await menu.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: item }).focus();
  await page.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
  await expect.poll(() => focused(page)).toBe(`More actions for ${next}`);
});

test('when a page goes the title of the next has the focus, and the first stop skips to it', async () => {
  const { page } = window;
  await window.go('keys');
  await page
    .getByRole('button', { name: /^More actions for/ })
    .first()
    .focus();
  await window.go('usage');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
});

test('nothing else went wrong in the page', () => {
  expect(window.findings).toEqual([]);
});

test('in a narrow window the pages are a sheet behind the first button', async () => {
  const { page } = window;
  await page.setViewportSize({ width: 590, height: 760 });
  await window.go('home');
  expect(await page.getByRole('navigation').count()).toBe(0);
  await page.getByRole('button', { name: 'Pages' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Client keys' }).click();
  await page.getByRole('heading', { level: 1, name: 'Client keys' }).waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('section.palette').waitFor();
  await page.keyboard.press('Escape');
});
