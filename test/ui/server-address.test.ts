// The server's address in the window: a page in the browser goes where its server goes, and says what cannot be changed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { movedOrigin } from '../../src-renderer/transport/moved-address.ts';
import { openWindow } from './support/browser.ts';
import { managementKey, type ServerSetup, startServer } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';
import { sampleSetup } from './support/visit.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A window whose key was typed in, as only the first address knows it. */
async function openUnlocked(setup: ServerSetup) {
  const server = await startServer('http', setup);
  onTestFinished(() => server.stop());
  const window = await openWindow(browser, server, { locked: true });
  onTestFinished(window.close);
  const { page } = window;
  await page.getByRole('textbox', { name: 'Management key' }).fill(server.firstKeys?.managementKey ?? managementKey);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();
  return { ...window, server };
}

const port = (page: Page) => page.getByRole('textbox', { name: 'Port', exact: true });

test('a page moves with the port it was served by, with its key, its edits and its preferences', async () => {
  const { page, server } = await openUnlocked(sampleSetup);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.accept();
  });
  await page.getByRole('link', { name: 'Config' }).click();
  await page.getByRole('textbox', { name: 'config.yaml' }).getByText('request-retry').click();
  await page.keyboard.press('End');
  await page.keyboard.type('9');
  await page.getByRole('button', { name: 'Hide email addresses and keys' }).click();
  await page.getByRole('link', { name: 'Settings' }).click();

  const next = await freePort();
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.url()));
  await port(page).fill(String(next));
  await port(page).press('Enter');
  await page.waitForURL(`http://127.0.0.1:${next}/management.html#/settings`);
  await page.getByText(`This page has moved to 127.0.0.1:${next} with the server`).waitFor();
  // A page that was not loaded before.
  await page.getByRole('link', { name: 'Usage' }).click();
  await page.getByRole('heading', { name: 'Usage', exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Hide email addresses and keys' }).getAttribute('aria-pressed')).toBe(
    'true',
  );
  await page.getByRole('link', { name: 'Config, unsaved edits' }).click();
  await page.getByRole('textbox', { name: 'config.yaml' }).getByText('request-retry: 19').waitFor();
  expect(server.config()).toContain(`port: ${next}`);
  expect(asked).toEqual([]);
  // The key travelled in no address and stays in no cookie.
  expect(sent.filter((url) => url.includes(managementKey))).toEqual([]);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(page.url()).not.toContain('moved');
});

test('a port that is none is told and not saved', async () => {
  const { page, server } = await openUnlocked(sampleSetup);
  const before = server.config();
  await port(page).fill('99999');
  await port(page).press('Enter');
  await page.getByText('Enter a whole number from 1 to 65,535.').waitFor();
  expect(await port(page).inputValue()).toBe('99999');
  expect(server.config()).toBe(before);
  await port(page).press('Escape');
  await expect.poll(() => page.getByText('Enter a whole number').count()).toBe(0);
});

test('what the command line sets cannot be changed, and the window says so', async () => {
  const { page } = await openUnlocked({ firstRun: true });
  await expect.poll(() => port(page).isDisabled()).toBe(true);
  await page.getByText('Set on the command line').waitFor();
});

describe('where the page goes', () => {
  test.each([
    ['http://127.0.0.1:1/x', 'http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://127.0.0.1:2'],
    ['http://localhost:1/x', 'http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://localhost:2'],
    ['http://192.168.1.5:1/x', 'http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://192.168.1.5:2'],
    ['http://127.0.0.1:1/x', 'http://127.0.0.1:1', 'http://192.168.1.5:1', 'http://192.168.1.5:1'],
    ['http://127.0.0.1:1/x', 'http://127.0.0.1:1', 'http://127.0.0.1:1', undefined],
    // Behind a server that passes requests on, the page's address is not the program's.
    ['https://proxy.example.com/x', 'http://127.0.0.1:1', 'http://127.0.0.1:2', undefined],
    ['http://127.0.0.1:9/x', 'http://127.0.0.1:1', 'http://127.0.0.1:2', undefined],
  ] as const)('%s, moved from %s to %s: %s', (page, before, now, expected) => {
    expect(movedOrigin(page, before, now)).toBe(expected);
  });
});
