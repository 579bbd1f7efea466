// Every page, over both transports, against the real server: what is done in the window is in the file and over HTTP,
// and what others do appears without a reload.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser, openWindow, type TestWindow } from './support/browser.ts';
import { startServer, type TestServer, type TransportKind } from './support/server.ts';
import { usageExport } from './support/usage-export.ts';

const setup = {
  config: [
    'debug: false # noisy',
    'logging-to-file: true',
    'usage-statistics-enabled: true',
    'request-retry: 1',
    'api-keys:',
    '  - sk-first-0001aaaa',
    '  - sk-second-0002bbbb',
    'openai-compatibility:',
    '  - name: relay-a',
    '    base-url: http://127.0.0.1:9/v1',
    '    custom: kept',
    '    api-key-entries:',
    '      - api-key: sk-relay-0000cccc',
    '',
  ].join('\n'),
  accounts: {
    'claude-a@example.com.json': '{"type":"claude","email":"a@example.com","access_token":"top-secret-token"}',
    'codex-b@example.com.json': '{"type":"codex","email":"b@example.com"}',
  },
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const kinds: readonly TransportKind[] = ['http', 'ipc'];

describe.each(kinds)('over %s', (kind) => {
  let server: TestServer;
  let window: TestWindow;
  /** Switches by keyboard: the input lies invisibly under its track. */
  const flip = (name: string) => window.page.getByRole('switch', { name, exact: true }).press(' ');
  const get = (role: Parameters<TestWindow['page']['getByRole']>[0], name: string | RegExp, exact = false) =>
    window.page.getByRole(role, { name, exact });

  beforeEach(async () => {
    server = await startServer(kind, setup);
    window = await openWindow(browser, server);
  });
  afterEach(async () => {
    const { findings } = window;
    await window.close();
    await server.stop();
    expect(findings).toEqual([]);
  });

  test('home gives the verdict, the addresses and what needs attention', async () => {
    const { page } = window;
    await get('heading', 'Everything works').waitFor();
    await page.getByText(`${server.address}/v1`, { exact: true }).waitFor();
    // A key is copied whole though it is shown masked.
    await get('button', 'Copy Client key').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('sk-first-0001aaaa');
    expect(await page.content()).not.toContain('sk-first-0001aaaa');
    // Broken from outside: banner, verdict and rail say so; mended, all is well again.
    const good = server.config();
    server.writeConfig(good.replace('request-retry: 1', 'request-retry: [x'));
    await page.getByText('config.yaml has an error').waitFor();
    await get('heading', /^Running on/).waitFor();
    server.writeConfig(good);
    await get('heading', 'Everything works').waitFor();
  });

  test('the last good config is restored from the banner', async () => {
    const good = server.config();
    server.writeConfig('debug: [\n');
    await get('button', 'Restore last good version').click();
    await get('heading', 'Everything works').waitFor();
    expect(server.config()).toBe(good);
  });

  test('a setting is written to the file with its comment kept, and others see it', async () => {
    await window.go('settings');
    const toggle = window.page.getByRole('switch', { name: 'Debug logging' });
    await toggle.press(' ');
    await expect.poll(() => server.config()).toContain('debug: true # noisy');
    expect(await server.api('GET', '/debug')).toEqual({ debug: true });
    // Another client switches it back: the window follows.
    await server.api('PUT', '/debug', { value: false });
    await expect.poll(() => toggle.isChecked()).toBe(false);
    const retries = get('textbox', 'Tries after a failed request');
    await retries.fill('4');
    await retries.press('Enter');
    await expect.poll(() => server.config()).toContain('request-retry: 4');
  });

  test('a setting that cannot be saved goes back, with the reason', async () => {
    await window.go('settings');
    const toggle = window.page.getByRole('switch', { name: 'Debug logging' });
    await toggle.waitFor();
    server.writeConfig('debug: [\n');
    await window.page.getByText('config.yaml has an error').waitFor();
    await toggle.press(' ');
    await window.page.getByText('“Debug logging” could not be changed').waitFor();
    expect(await toggle.isChecked()).toBe(false);
  });

  test('settings are found by name', async () => {
    await window.go('settings');
    await get('textbox', 'Find a setting').fill('proxy');
    await window.page.getByText('Upstream proxy', { exact: true }).waitFor();
    expect(await window.page.getByText('Debug logging').count()).toBe(0);
    await get('textbox', 'Find a setting').fill('no such thing');
    await window.page.getByText('No setting is called “no such thing”.').waitFor();
  });

  test('a client key is generated, labelled, revoked and brought back', async () => {
    await window.go('keys');
    await get('button', 'Generate key').click();
    await get('textbox', 'Label').fill('laptop');
    await get('button', 'Generate and copy').click();
    await get('cell', 'laptop', true).waitFor();
    const { 'api-keys': keys } = await server.api<{ 'api-keys': string[] }>('GET', '/api-keys');
    const fresh = keys[2] ?? '';
    expect(fresh).toMatch(/^sk-cpd-\w{32}$/);
    expect(server.config()).toContain(fresh);
    expect(await window.page.evaluate(() => navigator.clipboard.readText())).toBe(fresh);
    // The label stands beside the config, never in it.
    expect(server.config()).not.toContain('laptop');

    await get('button', 'More for sk-firs…aaaa').click();
    await get('menuitem', 'Revoke').click();
    await expect.poll(() => server.config()).not.toContain('sk-first-0001aaaa');
    await get('button', 'Undo').click();
    await expect
      .poll(async () => (await server.api<{ 'api-keys': string[] }>('GET', '/api-keys'))['api-keys'])
      .toEqual(['sk-first-0001aaaa', 'sk-second-0002bbbb', fresh]);
  });

  test('keys stay hidden until they are revealed', async () => {
    await window.go('keys');
    await get('cell', /^sk-firs…aaaa/).waitFor();
    expect(await window.page.content()).not.toContain('sk-first-0001aaaa');
    await get('button', 'Show key sk-firs…aaaa').click();
    await window.page.getByText('sk-first-0001aaaa').waitFor();
    // The privacy switch wins over what was revealed.
    await get('button', 'Hide e-mails and keys').click();
    await expect.poll(() => window.page.content()).not.toContain('sk-first-0001aaaa');
  });

  test('a provider is added, edited, switched off, moved, deleted and brought back', async () => {
    const { page } = window;
    const list = async () =>
      (await server.api<{ 'openai-compatibility': Record<string, unknown>[] }>('GET', '/openai-compatibility'))[
        'openai-compatibility'
      ];
    await window.go('providers');
    await get('button', 'Add provider').click();
    await get('button', 'Save').click();
    await page.getByText('A name is needed.').waitFor();
    await get('textbox', 'Name', true).fill('relay-b');
    await get('textbox', 'Base URL').fill('https://relay-b.example.net/v1');
    await get('textbox', 'Key 1', true).fill('sk-relay-b-1234');
    await get('button', 'Add model').click();
    await get('textbox', 'Model 1 at the provider').fill('qwen/coder');
    await get('textbox', 'Model 1 for clients').fill('coder');
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

    await flip('Use relay-b');
    await expect.poll(async () => (await list())[1]?.disabled).toBe(true);

    await get('button', 'More for relay-b').click();
    await get('menuitem', 'Move up').click();
    await expect.poll(async () => (await list()).map(({ name }) => name)).toEqual(['relay-b', 'relay-a']);

    await get('button', 'More for relay-a').click();
    await get('menuitem', 'Delete').click();
    await expect.poll(async () => (await list()).map(({ name }) => name)).toEqual(['relay-b']);
    await get('button', 'Undo').click();
    await expect.poll(async () => (await list()).map(({ name }) => name)).toEqual(['relay-b', 'relay-a']);
    expect(server.config()).toContain('# A comment that stays');
  });

  test('many keys are pasted at once, those already there left out', async () => {
    await server.api('PUT', '/gemini-api-key', [{ 'api-key': 'AIza-one' }]);
    await window.go('providers/gemini');
    await get('button', 'Paste many keys').click();
    await get('textbox', 'Keys').fill('AIza-one\nAIza-two, AIza-three');
    await window.page.getByText('1 is in the list already').waitFor();
    await get('button', 'Add 2 keys').click();
    await expect
      .poll(async () => (await server.api<{ 'gemini-api-key': unknown[] }>('GET', '/gemini-api-key'))['gemini-api-key'])
      .toEqual([{ 'api-key': 'AIza-one' }, { 'api-key': 'AIza-two' }, { 'api-key': 'AIza-three' }]);
  });

  test('a provider that does not answer says why', async () => {
    await window.go('providers');
    await get('button', 'relay-a', true).click();
    await get('button', 'Test', true).click();
    await window.page.getByText('Nothing listens there.').waitFor();
    await get('button', 'Cancel').click();
    await get('cell', 'Failed').waitFor();
  });

  test('an account is switched off in its file, and files that come and go are seen', async () => {
    await window.go('accounts');
    await flip('Use a@example.com');
    await expect.poll(() => server.account('claude-a@example.com.json').disabled).toBe(true);
    writeFileSync(path.join(server.authDir, 'qwen-c.json'), '{"type":"qwen","email":"c@example.com"}');
    await window.page.getByText('c@example.com', { exact: true }).waitFor();
  });

  test('account files are searched, deleted together and brought back', async () => {
    await window.go('files');
    await get('textbox', 'Search by name or e-mail').fill('codex');
    await expect.poll(() => window.page.getByText('a@example.com', { exact: true }).count()).toBe(0);
    await get('textbox', 'Search by name or e-mail').fill('');
    await get('checkbox', 'Select all shown').check();
    await get('button', 'Delete 2 files').click();
    await expect.poll(() => server.accountNames()).toEqual([]);
    await get('button', 'Undo').click();
    await expect.poll(() => server.accountNames().length).toBe(2);
    expect(server.account('claude-a@example.com.json').access_token).toBe('top-secret-token');
  });

  test('files are imported, and what is no account file is named', async () => {
    await window.go('files');
    const [chooser] = await Promise.all([
      window.page.waitForEvent('filechooser'),
      get('button', 'Import files').click(),
    ]);
    await chooser.setFiles({
      name: 'iflow-d.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"type":"iflow","email":"d@example.com"}'),
    });
    await window.page.getByText('d@example.com', { exact: true }).waitFor();
    expect(server.account('iflow-d.json')).toEqual({ type: 'iflow', email: 'd@example.com' });
  });

  test('the content of a file is shown without its secrets, and its proxy can be set', async () => {
    await window.go(`files/${encodeURIComponent('claude-a@example.com.json')}`);
    await window.page.getByText('"access_token": "(hidden)"').waitFor();
    expect(await window.page.content()).not.toContain('top-secret-token');
    await get('textbox', 'Own proxy of this account').fill('socks5://10.0.0.2:1080');
    await get('button', 'Save').click();
    await expect.poll(() => server.account('claude-a@example.com.json').proxy_url).toBe('socks5://10.0.0.2:1080');
  });

  test('a login shows its steps, takes a pasted address, tells a failure and can be given up', async () => {
    const { page } = window;
    // Whoever the code would be exchanged with cannot be reached.
    await server.api('PUT', '/proxy-url', { value: 'http://127.0.0.1:9' });
    await window.go('accounts/login/codex');
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
    await get('textbox', 'Browser on another machine?').fill(
      `http://localhost:1455/auth/callback?code=made-up&state=${state}`,
    );
    await get('button', 'Finish with this address').click();
    await get('button', 'Start again').waitFor();

    await window.go('accounts/login/anthropic');
    const second = kind === 'http' ? page.waitForEvent('popup') : undefined;
    await get('button', 'Open sign-in page').click();
    if (second) await (await second).close();
    await get('button', 'Cancel sign-in').click();
    await get('button', 'Open sign-in page').waitFor();
  });

  test('usage is counted, exported and shown by key and model', async () => {
    await window.go('usage');
    await get('heading', 'No usage in this range').waitFor();
    await server.api('POST', '/usage/import', usageExport('sk-first-0001aaaa', { 'claude-x': 12, 'gpt-y': 3 }));
    await get('cell', 'claude-x').waitFor();
    await get('cell', 'sk-firs…aaaa').first().waitFor();
    await window.page.locator('.value', { hasText: '15' }).waitFor();
    const [download] = await Promise.all([
      window.page.waitForEvent('download'),
      get('button', 'Export')
        .click()
        .then(() => get('menuitem', 'Table as CSV').click()),
    ]);
    expect(download.suggestedFilename()).toMatch(/^usage-.*\.csv$/);
    await flip('Keep after restart');
    await expect.poll(() => server.api('GET', '/usage-history')).toMatchObject({ keep: false });
  });

  test('the log shows lines as they come, filters them and is cleared', async () => {
    await window.go('logs');
    await server.api('GET', '/no-such-thing').catch(() => undefined);
    await window.page.getByLabel('Hide management calls').uncheck();
    await window.page.getByText('GET /v0/management/no-such-thing').waitFor();
    await get('textbox', 'Filter by text, path or status').fill('no such line');
    await window.page.getByText('No line holds “no such line” at these levels.').waitFor();
    await get('button', 'Clear filters').click();
    await get('button', 'Clear', true).click();
    await get('menuitem', 'Clear without saving').click();
    await window.page.getByText('The log was cleared').waitFor();
    await expect.poll(() => window.page.getByText('/v0/management/no-such-thing').count()).toBe(0);
  });

  test('the page of a log that is off switches it on', async () => {
    await server.api('PUT', '/logging-to-file', { value: false });
    await window.go('logs');
    await get('button', 'Log to file').click();
    await expect.poll(() => server.config()).toContain('logging-to-file: true');
    await get('textbox', 'Filter by text, path or status').waitFor();
  });

  test('the config is edited as YAML, checked while typing, reviewed, saved and taken back', async () => {
    const { page } = window;
    const before = server.config();
    await window.go('config');
    const editor = get('textbox', 'config.yaml');
    await editor.getByText('request-retry').click();
    await page.keyboard.press('End');
    await page.keyboard.type('x');
    await page.getByText('1 error').waitFor();
    expect(await get('button', 'Review and save').isDisabled()).toBe(true);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('7');
    await page.getByText('No errors').waitFor();
    await get('button', 'Review and save').click();
    await page.getByText('Review 1 changed line').waitFor();
    await get('button', 'Save', true).click();
    await expect.poll(() => server.config()).toBe(before.replace('request-retry: 1', 'request-retry: 7'));
    await get('button', 'Undo').click();
    await expect.poll(() => server.config()).toBe(before);

    await get('button', 'History').click();
    await get('button', new RegExp(kind === 'http' ? 'HTTP' : 'window'))
      .first()
      .waitFor();
  });

  test('an outside change of the config meets unsaved edits without loss', async () => {
    const { page } = window;
    await window.go('config');
    await get('textbox', 'config.yaml').getByText('request-retry').click();
    await page.keyboard.press('End');
    await page.keyboard.type('0');
    await get('button', 'Discard').click({ trial: true });
    server.writeConfig(server.config().replace('debug: false', 'debug: true'));
    await page.getByText('config.yaml was changed outside.').waitFor();
    await get('button', 'Compare').click();
    await page.getByText('Yours against the file on disk').waitFor();
    await get('button', 'Back to editing').click();
    await get('button', 'Take theirs').click();
    await expect.poll(() => get('button', 'Discard').isDisabled()).toBe(true);
    await get('textbox', 'config.yaml').getByText('debug: true').waitFor();
  });

  test('the form changes the same text as the editor', async () => {
    await window.go('config');
    await window.page.getByText('Form', { exact: true }).click();
    await flip('debug');
    await get('textbox', 'request-retry').fill('3');
    await get('button', 'Review and save').click();
    await get('button', 'Save', true).click();
    await expect.poll(() => server.config()).toContain('debug: true # noisy');
    expect(server.config()).toContain('request-retry: 3');
  });

  test('the doctor checks the server and its report can be copied', async () => {
    await window.go('help/doctor');
    await get('cell', `The server answers at ${server.address}`).waitFor({ timeout: 20_000 });
    await get('button', 'Copy report').click();
    const report = await window.page.evaluate(() => navigator.clipboard.readText());
    expect(report).toContain('ok');
    expect(report).not.toMatch(/sk-|@example/);
  });

  test('every operation can be tried in the explorer, with what it changed', async () => {
    await window.go(`help/api/${encodeURIComponent('request-retry.set')}`);
    await get('textbox', 'Input').fill('{"value": 9}');
    await get('button', 'Send').click();
    await window.page.getByText('"status": "ok"').waitFor();
    await window.page.getByText('request-retry: 9').waitFor();
    await get('button', 'Copy as curl').click();
    const curl = await window.page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain(`curl -X PUT '${server.address}/v0/management/request-retry'`);
    expect(curl).toContain(`--data-raw '{"value":9}'`);
  });

  test('the palette goes to pages and changes switches, all by keyboard', async () => {
    const { page } = window;
    await page.keyboard.press('Control+k');
    await get('combobox', 'Search or run a command').or(get('textbox', 'Search or run a command')).waitFor();
    await page.keyboard.type('debug');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => server.config()).toContain('debug: true');
    for (let count = 0; count < 5; count += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type('client keys');
    await page.keyboard.press('Enter');
    await get('heading', 'Client keys').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await get('heading', 'Logs').waitFor();
  });
});
