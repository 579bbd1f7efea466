// What the first page loads, and what only comes with the page that needs it.
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWindow, type TestWindow } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';

let browser: Browser;
let server: TestServer;
let window: TestWindow;
beforeAll(async () => {
  browser = await connectBrowser();
  server = await startServer('http', { accounts: { 'a.json': '{"type":"claude","email":"a@example.com"}' } });
  window = await openWindow(browser, server);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

interface Asset {
  readonly name: string;
  readonly text: string;
  readonly gzipBytes: number;
}

/** Every file that the page has loaded so far, in the order they were asked for, the page itself first. */
async function loaded(page: Page): Promise<readonly Asset[]> {
  const addresses = await page.evaluate(() =>
    [location.href, ...performance.getEntriesByType('resource').map(({ name }) => name)].map(
      (name) => name.split('#')[0] ?? name,
    ),
  );
  const files = new Set(addresses.filter((address) => /\/assets\/|\.html$/.test(address)));
  return Promise.all(
    [...files].map(async (address) => {
      const body = Buffer.from(await (await fetch(address)).arrayBuffer());
      return { name: new URL(address).pathname, text: body.toString(), gzipBytes: gzipSync(body).length };
    }),
  );
}

/** A word that only the code of the YAML editor contains. */
const editorMark = 'cm-content';
const holdsEditor = (assets: readonly Asset[]) =>
  assets.some(({ name, text }) => name.endsWith('.js') && text.includes(editorMark));

/** The palette is fetched for later once the page stands: on a busy machine, before the page's own data are there. */
const beforePalette = (assets: readonly Asset[]) => {
  const palette = assets.findIndex(({ name }) => name.includes('/palette-'));
  return palette < 0 ? assets : assets.slice(0, palette);
};

test('the first page is small; the editor comes with the page that needs it', async () => {
  const { page, go } = window;
  await page.getByRole('heading', { name: 'Everything is working' }).waitFor();
  await page.getByRole('figure', { name: /requests in the last 24 hours/ }).waitFor();
  const first = await loaded(page);
  // Fonts are asked for only where the system has none of the faces that stand before them.
  const needed = beforePalette(first).filter(({ name }) => !name.endsWith('.woff2'));
  expect(needed.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0)).toBeLessThanOrEqual(250_000);
  expect(holdsEditor(first)).toBe(false);

  await go('config');
  await page.getByRole('textbox', { name: 'config.yaml' }).waitFor();
  expect(holdsEditor(await loaded(page))).toBe(true);
});
