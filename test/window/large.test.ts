// Much of everything: pages still open at once, scrolling stays smooth, and events do not fill the memory.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openWindow, type TestWindow } from './support/browser.ts';
import { startServer, type TestServer } from './support/server.ts';
import { usageExport } from './support/usage-export.ts';

const providers = Array.from(
  { length: 200 },
  (_, index) =>
    `  - {name: relay-${index}, base-url: "http://127.0.0.1:9/v1", api-key-entries: [{api-key: sk-${index}}]}`,
);
const lines = Array.from(
  { length: 100_000 },
  (_, index) => `[2026-11-25 10:00:00] [info] [server.ts] line ${index} of a long log`,
);
const accounts = Object.fromEntries(
  Array.from({ length: 2000 }, (_, index) => [
    `claude-user${index}@example.com.json`,
    JSON.stringify({ type: index % 2 ? 'claude' : 'codex', email: `user${index}@example.com` }),
  ]),
);

let browser: Browser;
let server: TestServer;
let window: TestWindow;
beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer('http', {
    config: `usage-statistics-enabled: true\nlogging-to-file: true\napi-keys: [sk-first-0001aaaa]\nopenai-compatibility:\n${providers.join('\n')}\n`,
    accounts,
    log: `${lines.join('\n')}\n`,
  });
  await server.api('POST', '/usage/import', usageExport('sk-first-0001aaaa', { a: 5000, b: 3000, c: 2000 }, 60_000));
  window = await openWindow(browser, server, { path: 'help/shortcuts' });
}, 120_000);
afterAll(async () => {
  await window.close();
  await browser.close();
  await server.stop();
});

const pages = [
  ['files', '.file-table tbody tr:nth-child(5)'],
  ['accounts', '.account:nth-child(20)'],
  ['providers', '.table tbody tr:nth-child(200)'],
  ['logs', '.log-line'],
  ['usage', '.usage-details td'],
  ['home', '.figures'],
  ['config', '.cm-content'],
] as const;

test.each(pages)('%s opens in under a second', async (name, ready) => {
  const { page } = window;
  // Its code is fetched before; what is measured is reading and drawing.
  await window.go(name);
  await page.locator(ready).first().waitFor();
  await window.go('help/shortcuts');
  const start = performance.now();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${name}`);
  await page.locator(ready).first().waitFor();
  expect(performance.now() - start).toBeLessThan(1000);
});
