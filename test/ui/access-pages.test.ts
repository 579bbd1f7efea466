// Accounts, their files and logins, and provider keys, over both transports, against the real server.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { holdLoginPorts } from '../support/login-ports.ts';
import { kinds, useVisit } from './support/visit.ts';

holdLoginPorts();

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get, flip } = visit;

  test('a provider is added, edited, switched off, moved, deleted and brought back', async () => {
    const { page } = visit.window;
    const list = async () =>
      (await visit.server.api<{ 'openai-compatibility': Record<string, unknown>[] }>('GET', '/openai-compatibility'))[
        'openai-compatibility'
      ];
    await visit.window.go('providers');
    await get('button', 'Add provider').click();
    await get('button', 'Save').click();
    await page.getByText('Enter a name.').waitFor();
    await get('textbox', 'Name', true).fill('relay-b');
    await get('textbox', 'Base URL').fill('https://relay-b.example.net/v1');
    await get('textbox', 'Key 1', true).fill('sk-relay-b-1234');
    await get('button', 'Add model').click();
    await get('textbox', 'Provider name of model 1').fill('qwen/coder');
    await get('textbox', 'Client name of model 1').fill('coder');
    await get('button', 'Save').click();
    await get('button', 'relay-b', true).waitFor();
    expect((await list())[1]).toEqual({
      name: 'relay-b',
      'base-url': 'https://relay-b.example.net/v1',
      'api-key-entries': [{ 'api-key': 'sk-relay-b-1234' }],
      models: [{ name: 'qwen/coder', alias: 'coder' }],
    });

    // Editing keeps fields that the window does not know.
    await get('button', 'relay-a', true).click();
    await get('button', 'Add header').click();
    await get('textbox', 'Header 1', true).fill('X-Team');
    await get('textbox', 'Value of header 1').fill('desk');
    await get('button', 'Save').click();
    await expect.poll(async () => (await list())[0]).toMatchObject({ custom: 'kept', headers: { 'X-Team': 'desk' } });

    await flip('Enable relay-b');
    await expect.poll(async () => (await list())[1]?.disabled).toBe(true);

    await get('button', 'More actions for relay-b').click();
    await get('menuitem', 'Move up').click();
    await expect.poll(async () => (await list()).map(({ name }) => name)).toEqual(['relay-b', 'relay-a']);

    await get('button', 'More actions for relay-a').click();
    await get('menuitem', 'Delete').click();
    await expect.poll(async () => (await list()).map(({ name }) => name)).toEqual(['relay-b']);
    await get('button', 'Undo').click();
    await expect.poll(async () => (await list()).map(({ name }) => name)).toEqual(['relay-b', 'relay-a']);
    expect(visit.server.config()).toContain('# A comment that stays');
  });

  test('many keys are pasted at once, those already there left out', async () => {
    await visit.server.api('PUT', '/gemini-api-key', [{ 'api-key': 'AIza-one' }]);
    await visit.window.go('providers/gemini');
    await get('button', 'Paste multiple keys').click();
    await get('textbox', 'Keys').fill('AIza-one\nAIza-two, AIza-three');
    await visit.window.page.getByText('1 key is already in the list').waitFor();
    await get('button', 'Add 2 keys').click();
    await expect
      .poll(
        async () =>
          (await visit.server.api<{ 'gemini-api-key': unknown[] }>('GET', '/gemini-api-key'))['gemini-api-key'],
      )
      .toEqual([{ 'api-key': 'AIza-one' }, { 'api-key': 'AIza-two' }, { 'api-key': 'AIza-three' }]);
  });

  test('a provider that does not answer says why', async () => {
    await visit.window.go('providers');
    await get('button', 'relay-a', true).click();
    await get('button', 'Test', true).click();
    await visit.window.page.getByText('Nothing listens there.').waitFor();
    await get('button', 'Cancel').click();
    await get('cell', 'Failed').waitFor();
  });

  test('an account is switched off in its file, and files that come and go are seen', async () => {
    await visit.window.go('accounts');
    await flip('Enable a@example.com');
    await expect.poll(() => visit.server.account('claude-a@example.com.json').disabled).toBe(true);
    writeFileSync(path.join(visit.server.authDir, 'qwen-c.json'), '{"type":"qwen","email":"c@example.com"}');
    await visit.window.page.getByText('c@example.com', { exact: true }).waitFor();
  });

  test('account files are searched, deleted together and brought back', async () => {
    await visit.window.go('files');
    await get('textbox', 'Search by name or email').fill('codex');
    await expect.poll(() => visit.window.page.getByText('a@example.com', { exact: true }).count()).toBe(0);
    await get('textbox', 'Search by name or email').fill('');
    await get('checkbox', 'Select all shown').check();
    await get('button', 'Delete 2 files').click();
    await expect.poll(() => visit.server.accountNames()).toEqual([]);
    await get('button', 'Undo').click();
    await expect.poll(() => visit.server.accountNames().length).toBe(2);
    expect(visit.server.account('claude-a@example.com.json').access_token).toBe('top-secret-token');
  });

  test('files are imported, and what is no account file is named', async () => {
    await visit.window.go('files');
    const [chooser] = await Promise.all([
      visit.window.page.waitForEvent('filechooser'),
      get('button', 'Import files').click(),
    ]);
    await chooser.setFiles({
      name: 'iflow-d.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"type":"iflow","email":"d@example.com"}'),
    });
    await visit.window.page.getByText('d@example.com', { exact: true }).waitFor();
    expect(visit.server.account('iflow-d.json')).toEqual({ type: 'iflow', email: 'd@example.com' });
  });

  test('the content of a file is shown without its secrets, and its proxy can be set', async () => {
    await visit.window.go(`files/${encodeURIComponent('claude-a@example.com.json')}`);
    await visit.window.page.getByText('"access_token": "(hidden)"').waitFor();
    expect(await visit.window.page.content()).not.toContain('top-secret-token');
    await get('textbox', 'Proxy for this account').fill('socks5://10.0.0.2:1080');
    await get('button', 'Save').click();
    await expect.poll(() => visit.server.account('claude-a@example.com.json').proxy_url).toBe('socks5://10.0.0.2:1080');
  });

  test('a login shows its steps, takes a pasted address, tells a failure and can be given up', async () => {
    const { page } = visit.window;
    // Whoever the code would be exchanged with cannot be reached.
    await visit.server.api('PUT', '/proxy-url', { value: 'http://127.0.0.1:9' });
    await visit.window.go('accounts/login/codex');
    const popup = kind === 'http' ? page.waitForEvent('popup') : undefined;
    await get('button', 'Open sign-in page').click();
    if (popup) await (await popup).close();
    await page.getByText('Listening on port 1455').waitFor();
    await page.getByText(/^[45]:\d\d left$/).waitFor();
    await get('button', 'Copy sign-in link').click();
    const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    expect(link.hostname).toBe('auth.openai.com');
    // The address with the login's state stands nowhere in the page.
    const state = link.searchParams.get('state') ?? '';
    expect(await page.content()).not.toContain(state);
    await get('textbox', 'Browser on another computer?').fill(
      `http://localhost:1455/auth/callback?code=made-up&state=${state}`,
    );
    await get('button', 'Complete sign-in').click();
    await get('button', 'Start over').waitFor();

    await visit.window.go('accounts/login/anthropic');
    await get('button', 'Continue to sign-in').click();
    const second = kind === 'http' ? page.waitForEvent('popup') : undefined;
    await get('button', 'Open sign-in page').click();
    if (second) await (await second).close();
    await get('button', 'Cancel sign-in').click();
    await get('button', 'Open sign-in page').waitFor();
  });
});
