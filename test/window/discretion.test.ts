// What the window keeps to itself: secrets are in no page that does not show them, and nobody but our server is asked.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openWindow } from './support/browser.ts';
import { fillSample, sampleSecrets, sampleSetup } from './support/sample-world.ts';
import { managementKey, startServer, type TransportKind } from './support/server.ts';
import { leave, type Place, places, visit } from './support/sheets.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The editor and the comparison show the file as it is; that is what they are for. */
const showsTheFile = ({ name }: Place) => ['config', 'form', 'history', 'review'].includes(name);
const kinds: readonly TransportKind[] = ['http', 'ipc'];

describe.each(kinds)('over %s', (kind) => {
  test('no place holds a secret, breaks the security policy or asks a stranger', { timeout: 120_000 }, async () => {
    const server = await startServer(kind, sampleSetup);
    await fillSample(server);
    const window = await openWindow(browser, server);
    const found: string[] = [];
    for (const place of places.filter((candidate) => !showsTheFile(candidate))) {
      await visit(window, place);
      const content = await window.page.evaluate(() => {
        const typed = [...document.querySelectorAll('input, textarea')].map(
          (field) => (field as HTMLInputElement).value,
        );
        return [document.documentElement.outerHTML, ...typed].join('\n');
      });
      const secrets = [...sampleSecrets, managementKey].filter((secret) => content.includes(secret));
      found.push(...secrets.map((secret) => `${place.name}: ${secret}`));
      if (place.open || place.ready === '[role=dialog]' || place.name === 'file') await leave(window);
    }
    await window.close();
    await server.stop();
    expect([...found, ...window.findings]).toEqual([]);
  });
});
