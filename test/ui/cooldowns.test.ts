// Accounts and keys cooling down, over both transports, after a real rejection from a real upstream.
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

/** Rejects everything for nearly ten minutes. */
const upstream = http.createServer((request, response) => {
  request.resume();
  response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '570' });
  response.end('{"error":{"message":"quota used up"}}');
});
await once(upstream.listen(0, '127.0.0.1'), 'listening');
const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
afterAll(() => upstream.close());

const setup = {
  config: [
    'api-keys: [ck]',
    'openai-compatibility:',
    '  - name: relay',
    `    base-url: ${url}/v1`,
    '    api-key-entries: [{api-key: sk-relay-0000cccc}]',
    '    models: [{name: up, alias: m}]',
    '',
  ].join('\n'),
  accounts: {
    'qwen-a.json': JSON.stringify({ type: 'qwen', email: 'a@example.com', access_token: 't', resource_url: url }),
  },
};

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, setup);
  const { get } = visit;
  const ask = async (model: string) => {
    const response = await fetch(`${visit.server.address}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer ck', 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'U' }] }),
    });
    expect(response.status).toBe(429);
  };

  test('an account cooling down shows how long, and is used again from its menu and its drawer', async () => {
    const { page } = visit.window;
    const state = async () =>
      (await visit.server.api<{ files: { status: string }[] }>('GET', '/auth-files')).files[0]?.status;
    await visit.window.go('accounts');
    await ask('qwen3-coder-plus');
    await page.getByText('Cooling down, 10 min').waitFor();
    expect(await findingsOf(page)).toEqual([]);
    await get('button', 'More actions for a@example.com').click();
    await get('menuitem', 'End cooldown').click();
    await get('region', 'Ended or restricted').getByText('Ready', { exact: true }).waitFor();
    expect(await state()).toBe('ready');

    await ask('qwen3-coder-plus');
    await visit.window.go('files/qwen-a.json');
    await page.getByText(/^Cooling down until \d\d:\d\d \(10 min left\)\. 429: quota used up$/).waitFor();
    expect(await findingsOf(page)).toEqual([]);
    await get('button', 'End cooldown').click();
    await get('button', 'End cooldown').waitFor({ state: 'hidden' });
    expect(await state()).toBe('ready');
  });

  test('a key cooling down is shown without being asked for, and used again', async () => {
    await visit.window.go('providers');
    await ask('m');
    await get('heading', 'Keys cooling down').waitFor();
    expect(await visit.window.page.content()).not.toContain('sk-relay-0000cccc');
    expect(await findingsOf(visit.window.page)).toEqual([]);
    await get('button', /^End cooldown of relay sk-/).click();
    await get('heading', 'Keys cooling down').waitFor({ state: 'hidden' });
    expect(await visit.server.api('GET', '/cooldowns')).toEqual({ cooldowns: [] });
  });
});
