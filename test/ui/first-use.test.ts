// A new user's way, by what the window says alone: first start, an account, a provider, a key, a client, the usage.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { fakeProviders } from '../support/login-world.ts';
import { openWindow } from './support/browser.ts';
import { startServer, type TransportKind } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

/** A provider that speaks the OpenAI API and has one model. */
async function startRelay(): Promise<string> {
  const answer = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'coder',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 321, completion_tokens: 45, total_tokens: 366 },
  };
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const kinds: readonly TransportKind[] = ['http', 'ipc'];

test.each(kinds)('a new user gets to a first answer without the documentation, over %s', async (kind) => {
  const fakes = await fakeProviders();
  const server = await startServer(kind, { firstRun: true, environment: fakes.env });
  onTestFinished(() => server.stop());
  // The world outside: providers are reached through the fakes.
  await server.api('PUT', '/proxy-url', { value: fakes.proxyUrl });
  const { page, context, findings, close } = await openWindow(browser, server, { locked: true });
  onTestFinished(close);
  const click = (role: 'button' | 'link', name: string) => page.getByRole(role, { name, exact: true }).click();
  const fill = (name: string, value: string) => page.getByRole('textbox', { name, exact: true }).fill(value);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

  if (kind === 'http') {
    // The terminal has shown the management key; the page asks for it.
    await fill('Management key', server.firstKeys?.managementKey ?? '');
    await click('button', 'Open');
  }

  // The first page says what to do next.
  await page.getByRole('heading', { name: 'Three steps to the first answer' }).waitFor();
  await page.getByRole('listitem').filter({ hasText: /^Or/ }).getByRole('link').click();
  const popup = kind === 'http' ? context.waitForEvent('page') : undefined;
  await click('button', 'Open sign-in page');
  if (popup) await (await popup).close();
  await click('button', 'Copy sign-in link');
  await fakes.approve(await clipboard());
  await page.getByText('Signed in as user_fakeOpenRouter1').waitFor();
  await page.getByRole('switch', { name: /^Enable / }).waitFor();
  await expect.poll(() => server.accountNames()).toHaveLength(1);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Close' }).click();

  // A provider with an API key. Nothing stands between it and the proxy.
  await server.api('DELETE', '/proxy-url');
  await click('link', 'Provider keys');
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  await fill('Name', 'relay');
  await fill('Base URL', await startRelay());
  await fill('Key 1', 'sk-relay-secret-1234');
  await click('button', 'Add model');
  await fill('Provider name of model 1', 'coder');
  await click('button', 'Save');
  await page.getByRole('button', { name: 'relay', exact: true }).waitFor();

  // A key for the new program; it is in the clipboard at once.
  await click('link', 'Client keys');
  await page.getByRole('button', { name: 'New key' }).click();
  await fill('Label', 'editor');
  await click('button', 'Create and copy');
  await page.getByRole('button', { name: 'editor', exact: true }).waitFor();
  const key = await clipboard();
  expect(server.config()).toContain(key);

  // What a client needs is on the first page, ready to paste.
  await click('link', 'Home');
  await click('button', 'Copy as bash');
  await expect.poll(clipboard).toContain('OPENAI_BASE_URL');
  const variable = async (name: string) => new RegExp(`${name}='([^']+)'`).exec(await clipboard())?.[1] ?? '';
  const answer = await fetch(`${await variable('OPENAI_BASE_URL')}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await variable('OPENAI_API_KEY')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'coder', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(await answer.text()).toContain('Hello.');

  // The request is counted.
  await click('link', 'Usage');
  await page.getByRole('cell', { name: 'coder', exact: true }).waitFor();
  await page.getByRole('cell', { name: '321', exact: true }).waitFor();
  expect(findings).toEqual([]);
});
