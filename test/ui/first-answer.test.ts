// From the printed link to an answered request: three clicks and one paste. Over the bridge the link is not needed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openWindow } from './support/browser.ts';
import { startServer, type TransportKind } from './support/server.ts';
import { connectBrowser } from './support/shared-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

const key = 'sk-relay-secret-1234';

/** A service with an open list of models, which streams and refuses other keys. */
async function startRelay() {
  const asked: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return response.end('{"data":[{"id":"coder"},{"id":"coder-mini"}]}');
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    asked.push(body);
    if (request.headers.authorization !== `Bearer ${key}`)
      return response.writeHead(401).end('{"error":"no such key"}');
    const about = { id: 'c-1', created: 1, model: body.model };
    const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
    if (body.stream) {
      const chunk = (delta: object, reason: string | null) =>
        `data: ${JSON.stringify({ ...about, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chunk({ role: 'assistant', content: 'Hello ' }, null));
      return response.end(`${chunk({ content: 'there.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`);
    }
    const choices = [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }];
    return response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ ...about, object: 'chat.completion', choices, usage }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

const kinds: readonly TransportKind[] = ['http', 'ipc'];

test.each(kinds)('over %s a new user is answered after one paste', async (kind) => {
  const relay = await startRelay();
  const server = await startServer(kind, { firstRun: true });
  onTestFinished(() => server.stop());
  const { page, findings, close } = await openWindow(browser, server, { locked: true });
  onTestFinished(close);
  let clicks = 0;
  const click = async (name: string) => {
    clicks += 1;
    await page.getByRole('button', { name, exact: true }).click();
  };
  if (kind === 'http') {
    // A click on what the terminal has printed.
    clicks += 1;
    expect(server.link).toContain('#t=');
    await page.goto('about:blank');
    await page.goto(server.link ?? '');
  }
  await page.getByRole('heading', { name: 'Three steps to the first answer' }).waitFor();
  const curl = (token: string) => `curl ${relay.url}/chat/completions -H "Authorization: Bearer ${token}" -d '{}'`;
  const paste = (text: string) => page.getByRole('textbox', { name: 'Key, address or curl line' }).fill(text);

  // A wrong key is refused before it is saved, although the list of models is open to anybody.
  await paste(curl('sk-relay-wrong-9999'));
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('refuses the key (401)').waitFor();
  expect(server.config()).not.toContain('sk-relay-wrong-9999');

  await paste(curl(key));
  await page.getByRole('status').filter({ hasText: relay.url }).waitFor();
  await click('Add');
  await page.getByRole('heading', { name: 'One step to go' }).waitFor();
  expect(relay.asked.at(-1)).toMatchObject({ model: 'coder-mini', max_tokens: 1 });
  await expect.poll(() => page.getByRole('button', { name: 'Send' }).isEnabled()).toBe(true);
  await click('Send');
  await page.getByText('Hello there.').waitFor();
  await page.getByText('Answered', { exact: true }).waitFor();
  expect(clicks).toBe(kind === 'http' ? 3 : 2);

  // The window's own request is not that of a program; that of one is told within a moment.
  await page.getByText('Waiting for the first request of a program').waitFor();
  const clientKey = server.firstKeys?.clientKey ?? '';
  await fetch(`${server.address}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${clientKey}`, 'content-type': 'application/json', 'user-agent': 'a-tool/1.0' },
    body: JSON.stringify({ model: 'coder', messages: [{ role: 'user', content: 'hi' }] }),
  });
  await page.getByText(/a-tool\/1\.0 asked for coder at/).waitFor();
  await page.getByRole('button', { name: 'Go to Home' }).click();
  await page.getByRole('heading', { name: 'Three steps to the first answer' }).waitFor({ state: 'hidden' });
  expect(findings).toEqual([]);
});
