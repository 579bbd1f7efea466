// The window says what is so: requests that fail, accounts without a network, files that were not taken, long names.
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

const upstream = http.createServer((request, response) => {
  request.resume();
  response.writeHead(401, { 'content-type': 'application/json' });
  response.end('{"error":{"message":"invalid api key"}}');
});
await once(upstream.listen(0, '127.0.0.1'), 'listening');
afterAll(() => upstream.close());
const url = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;

const long = 'n'.repeat(100);
const setup = {
  config: [
    'api-keys: [ck-first-000000001]',
    'usage-statistics-enabled: true',
    'openai-compatibility:',
    `  - name: relay-a`,
    `    base-url: ${url}/v1`,
    '    api-key-entries: [{api-key: sk-relay-0000cccc}]',
    '    models: [{name: up, alias: m}]',
    `  - name: ${long}`,
    `    base-url: ${url}/${long}/v1`,
    '    api-key-entries: [{api-key: sk-relay-0000dddd}]',
    `    models: [{name: ${long}}]`,
    '',
  ].join('\n'),
  accounts: {
    [`claude-${long}@example.com.json`]: JSON.stringify({
      type: 'claude',
      email: `${long}@example.com`,
      access_token: 't',
      refresh_token: 'r',
      expired: '2026-01-01T00:00:00Z',
      proxy_url: 'http://127.0.0.1:9',
    }),
  },
};

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, setup);
  const { get } = visit;

  test('Home names who refuses its key while every request fails, and where that is put right', async () => {
    const { page } = visit.window;
    await visit.window.go('home');
    for (let count = 0; count < 5; count += 1) {
      await fetch(`${visit.server.address}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: 'Bearer ck-first-000000001', 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'U' }] }),
      });
    }
    await get('heading', 'Nothing gets through: relay-a refuses its key').waitFor();
    await page.getByText('401: ').first().waitFor();
    expect(await findingsOf(page)).toEqual([]);
    await get('link', 'Replace the key').click();
    await get('heading', 'Provider keys').first().waitFor();
  });

  test('an account without a network is not one that needs a new login', async () => {
    const { page } = visit.window;
    await visit.window.go('accounts');
    await page.getByText('Cannot be reached', { exact: true }).waitFor();
    await page.getByText(/Tries again at \d\d:\d\d/).waitFor();
    expect(await get('link', 'Sign in again').count()).toBe(0);
    await visit.window.go('files');
    await page.getByText('Cannot be reached', { exact: true }).waitFor();
    await visit.window.go('home');
    await get('heading', '1 account cannot be reached right now').waitFor();
    expect(await page.getByText('sign in again').count()).toBe(0);
  });

  test('a file that is no account does not keep the others out, and is named', async () => {
    const { page } = visit.window;
    await visit.window.go('accounts');
    const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([file('notes.txt', 'x'), file('broken.json', '{'), file('codex-n.json', '{"type":"codex"}')]);
    const report = page.getByRole('dialog');
    await report.getByText('1 auth file imported · 2 refused').waitFor();
    const row = (name: string) => report.getByRole('listitem').filter({ hasText: name });
    await row('notes.txt').getByText('The name must end with .json.').waitFor();
    await row('broken.json').getByText('Refused').waitFor();
    await row('codex-n.json').getByText('Added').waitFor();
    await page.keyboard.press('Escape');
    await report.waitFor({ state: 'detached' });
    expect(visit.server.accountNames()).toContain('codex-n.json');
  });

  test.each([1180, 900, 590])(
    'the last action of every row is in a window of %d px, whatever the names',
    async (width) => {
      const { page } = visit.window;
      await visit.server.api('PUT', '/client-keys/label', { key: 'ck-first-000000001', label: long });
      await page.reload();
      await page.setViewportSize({ width, height: 760 });
      for (const place of ['accounts', 'files', 'providers/openai', 'keys']) {
        await visit.window.go(place);
        const last = get('button', /^More actions for /).last();
        await last.waitFor();
        const { left, right, reached } = await last.evaluate((button) => {
          const box = button.getBoundingClientRect();
          const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return { left: box.left, right: box.right, reached: there !== null && button.contains(there) };
        });
        expect({ place, inside: left >= 0 && right <= width, reached }).toEqual({ place, inside: true, reached: true });
      }
    },
  );
});
