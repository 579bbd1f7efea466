// Home, settings, client keys, usage, logs and help, over both transports, against the real server: what is done in the
// window is in the file and over HTTP, and what others do appears without a reload.
import { describe, expect, test } from 'vitest';
import { usageExport } from './support/usage-export.ts';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get } = visit;

  test('home shows the overall status, the addresses and what needs attention', async () => {
    const { page } = visit.window;
    await get('heading', 'Everything is working').waitFor();
    await page.getByText(`${visit.server.address}/v1`, { exact: true }).waitFor();
    // A key is copied whole though it is shown masked.
    await get('button', 'Copy Client key').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('sk-first-0001aaaa');
    expect(await page.content()).not.toContain('sk-first-0001aaaa');
    // An error from outside: banner, title and sidebar say so until it is fixed.
    const good = visit.server.config();
    visit.server.writeConfig(good.replace('request-retry: 1', 'request-retry: [x'));
    await page.getByText('config.yaml has an error. The last valid version').waitFor();
    await get('heading', /^Running with the config from/).waitFor();
    visit.server.writeConfig(good);
    await get('heading', 'Everything is working').waitFor();
  });

  test('the last valid config is restored from the banner', async () => {
    const good = visit.server.config();
    visit.server.writeConfig('debug: [\n');
    await get('button', 'Restore last valid version').click();
    await get('heading', 'Everything is working').waitFor();
    expect(visit.server.config()).toBe(good);
  });

  test('a setting is written to the file with its comment kept, and others see it', async () => {
    await visit.window.go('settings');
    const toggle = visit.window.page.getByRole('switch', { name: 'Debug logging' });
    await toggle.press(' ');
    await expect.poll(() => visit.server.config()).toContain('debug: true # noisy');
    expect(await visit.server.api('GET', '/debug')).toEqual({ debug: true });
    // Another client switches it back: the window follows.
    await visit.server.api('PUT', '/debug', { value: false });
    await expect.poll(() => toggle.isChecked()).toBe(false);
    const retries = get('textbox', 'Retries after a failed request');
    await retries.fill('4');
    await retries.press('Enter');
    await expect.poll(() => visit.server.config()).toContain('request-retry: 4');
  });

  test('a setting that cannot be saved goes back, with the reason', async () => {
    await visit.window.go('settings');
    const toggle = visit.window.page.getByRole('switch', { name: 'Debug logging' });
    await toggle.waitFor();
    visit.server.writeConfig('debug: [\n');
    await visit.window.page.getByText('config.yaml has an error. The last valid version').waitFor();
    await toggle.press(' ');
    await visit.window.page.getByText('Could not change “Debug logging”').waitFor();
    expect(await toggle.isChecked()).toBe(false);
  });

  test('settings are found by name', async () => {
    await visit.window.go('settings');
    await get('textbox', 'Find a setting').fill('proxy');
    await visit.window.page.getByText('Upstream proxy', { exact: true }).waitFor();
    expect(await visit.window.page.getByText('Debug logging').count()).toBe(0);
    await get('textbox', 'Find a setting').fill('no such thing');
    await visit.window.page.getByText('No settings match “no such thing”.').waitFor();
  });

  test('a client key is generated, labelled, revoked and brought back', async () => {
    await visit.window.go('keys');
    await get('button', 'New key').click();
    await get('textbox', 'Label').fill('laptop');
    await get('button', 'Create and copy').click();
    await get('button', 'laptop', true).waitFor();
    const { 'api-keys': keys } = await visit.server.api<{ 'api-keys': string[] }>('GET', '/api-keys');
    const fresh = keys[2] ?? '';
    expect(fresh).toMatch(/^sk-cpd-\w{32}$/);
    expect(visit.server.config()).toContain(fresh);
    expect(await visit.window.page.evaluate(() => navigator.clipboard.readText())).toBe(fresh);
    // The label stands beside the config, never in it.
    expect(visit.server.config()).not.toContain('laptop');

    await get('button', 'More actions for sk-firs…aaaa').click();
    await get('menuitem', 'Revoke').click();
    await expect.poll(() => visit.server.config()).not.toContain('sk-first-0001aaaa');
    await get('button', 'Undo').click();
    await expect
      .poll(async () => (await visit.server.api<{ 'api-keys': string[] }>('GET', '/api-keys'))['api-keys'])
      .toEqual(['sk-first-0001aaaa', 'sk-second-0002bbbb', fresh]);
  });

  test('keys stay hidden until they are revealed', async () => {
    await visit.window.go('keys');
    await get('button', 'Show key sk-firs…aaaa').waitFor();
    expect(await visit.window.page.content()).not.toContain('sk-first-0001aaaa');
    await get('button', 'Show key sk-firs…aaaa').click();
    await visit.window.page.getByText('sk-first-0001aaaa').waitFor();
    // The privacy switch wins over what was revealed.
    await get('button', 'Hide email addresses and keys').click();
    await expect.poll(() => visit.window.page.content()).not.toContain('sk-first-0001aaaa');
  });

  test('usage is counted, exported and shown by key and model', async () => {
    await visit.window.go('usage');
    await get('heading', 'No usage in this time range').waitFor();
    await visit.server.api('POST', '/usage/import', usageExport('sk-first-0001aaaa', { 'claude-x': 12, 'gpt-y': 3 }));
    await get('cell', 'claude-x').waitFor();
    await get('cell', 'sk-firs…aaaa').first().waitFor();
    await visit.window.page.locator('.value', { hasText: '15' }).waitFor();
    const [download] = await Promise.all([
      visit.window.page.waitForEvent('download'),
      get('button', 'Export')
        .click()
        .then(() => get('menuitem', 'Table (CSV)').click()),
    ]);
    expect(download.suggestedFilename()).toMatch(/^usage-.*\.csv$/);
    await get('button', 'Export').click();
    await get('menuitemcheckbox', 'Keep history after restart').click();
    await expect.poll(() => visit.server.api('GET', '/usage-history')).toMatchObject({ keep: false });
  });

  test('the log shows lines as they come, filters them and is cleared', async () => {
    await visit.window.go('logs');
    await visit.server.api('GET', '/no-such-thing').catch(() => undefined);
    await visit.window.page.getByLabel('Hide management requests').uncheck();
    await visit.window.page.getByText('GET /v0/management/no-such-thing').waitFor();
    await get('textbox', 'Filter by text, path or status').fill('no such line');
    await visit.window.page.getByText('No lines match “no such line” at these levels.').waitFor();
    await get('button', 'Clear filters').click();
    await get('button', 'Clear', true).click();
    await get('menuitem', 'Clear without saving').click();
    await visit.window.page.getByText('Log cleared').waitFor();
    await expect.poll(() => visit.window.page.getByText('/v0/management/no-such-thing').count()).toBe(0);
  });

  test('the page of a log that is off switches it on', async () => {
    await visit.server.api('PUT', '/logging-to-file', { value: false });
    await visit.window.go('logs');
    await get('button', 'Log to file').click();
    await expect.poll(() => visit.server.config()).toContain('logging-to-file: true');
    await get('textbox', 'Filter by text, path or status').waitFor();
  });

  test('the doctor checks the server and its report can be copied', async () => {
    await visit.window.go('help/doctor');
    await get('cell', `The server responds at ${visit.server.address}`).waitFor();
    // Whoever only opens the page has asked nobody else.
    await get('row', 'Provider relay-a Not run yet. This check uses the network.').waitFor();
    await get('button', 'Run all checks').click();
    await get('row', /^Provider relay-a Nothing listens there/).waitFor();
    // Coming back shows the last result.
    await visit.window.go('home');
    await visit.window.go('help/doctor');
    await get('row', /^Provider relay-a Nothing listens there/).waitFor();
    await get('button', 'Run again').waitFor();
    await get('button', 'Copy report').click();
    const report = await visit.window.page.evaluate(() => navigator.clipboard.readText());
    expect(report).toContain('ok');
    expect(report).not.toMatch(/sk-|@example/);
  });

  test('every operation can be tried in the explorer, with what it changed', async () => {
    await visit.window.go(`help/api/${encodeURIComponent('request-retry.set')}`);
    await get('textbox', 'Input').fill('{"value": 9}');
    await get('button', 'Send').click();
    await visit.window.page.getByText('"status": "ok"').waitFor();
    await visit.window.page.getByText('request-retry: 9').waitFor();
    await get('button', 'Copy as curl').click();
    const curl = await visit.window.page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain(`curl -X PUT '${visit.server.address}/v0/management/request-retry'`);
    expect(curl).toContain(`--data-raw '{"value":9}'`);
  });

  test('a change in the explorer starts from the value in force', async () => {
    await visit.window.go(`help/api/${encodeURIComponent('request-retry.set')}`);
    await expect.poll(() => get('textbox', 'Input').inputValue()).toBe('{\n  "value": 1\n}');
    const before = visit.server.config();
    await get('button', 'Send').click();
    await visit.window.page.getByText('"status": "ok"').waitFor();
    expect(visit.server.config()).toBe(before);
    await visit.window.go(`help/api/${encodeURIComponent('api-keys.replace')}`);
    await expect.poll(() => get('textbox', 'Input').inputValue()).toContain('sk-second-0002bbbb');
  });

  test('lines to paste hold the variables of every format and stay in the clipboard', async () => {
    const { page } = visit.window;
    await get('button', 'Copy as bash').click();
    await page.getByText('Copied bash').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`export GOOGLE_GEMINI_BASE_URL='${visit.server.address}'`);
    expect(copied).toContain("export GEMINI_API_KEY='sk-first-0001aaaa'");
    expect(await page.getByText('The clipboard will be cleared').count()).toBe(0);
    await get('button', 'Copy Client key').click();
    await page.getByText('The clipboard will be cleared').waitFor();
  });

  test('a refusal is told in the language of the window, what is exact about it as it came', async () => {
    const { window } = visit;
    const refused = async (name: string, words: readonly [string, string], input: string, told: string) => {
      await window.go(`help/api/${encodeURIComponent(name)}`);
      await get('textbox', words[0]).fill(input);
      await get('button', words[1]).click();
      await window.page.getByText(told).waitFor();
    };
    const english = ['Input', 'Send'] as const;
    const gone = '{"name": "gone.json"}';
    const noFile = 'file_not_found: There is no file of that name. It may have been deleted; reload the list.';
    await refused('auth-files.download', english, gone, noFile);
    const exact = 'This is not a usage export: version: Invalid input: expected 1';
    await refused('usage.import', english, '{"document": {}}', `invalid_usage: ${exact}`);

    await window.go('settings');
    await get('combobox', 'Language').click();
    await get('option', '简体中文').click();
    await get('heading', '设置').waitFor();
    const chinese = ['输入', '发送'] as const;
    const noFileInChinese = 'file_not_found: 找不到此文件，可能已被删除。请刷新列表。';
    await refused('auth-files.download', chinese, gone, noFileInChinese);
    await refused('usage.import', chinese, '{"document": {}}', `invalid_usage: 这不是此程序导出的用量文件。 ${exact}`);
  });

  test('the palette goes to pages and changes switches, all by keyboard', async () => {
    const { page } = visit.window;
    await page.keyboard.press('Control+k');
    await get('combobox', 'Search or run a command').or(get('textbox', 'Search or run a command')).waitFor();
    await page.keyboard.type('debug');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => visit.server.config()).toContain('debug: true');
    for (let count = 0; count < 5; count += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type('client keys');
    await page.keyboard.press('Enter');
    await get('heading', 'Client keys').waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await get('heading', 'Logs').waitFor();
  });

  test('the palette finds settings with their values, things and what can be done with them', async () => {
    const { page } = visit.window;
    const options = page.locator('.palette-list [role=option]');
    await page.keyboard.press('Control+k');
    const field = get('combobox', 'Search or run a command').or(get('textbox', 'Search or run a command'));
    const finds = async (query: string, name: RegExp) => {
      await field.fill(query);
      await options.filter({ hasText: name }).first().waitFor();
    };
    await finds('port', /^Port/);
    await finds('主题', /^Theme/);
    await finds('lang', /^Language: 简体中文/);
    await finds('curl', /curl/);
    await finds('relay', /^relay-a/);
    await finds('sign in claude', /^Sign in to Claude/);
    await finds('delete', /^Delete: a@example.com/);
    await finds('pruvider', /^Provider keys/);
    await page.getByText('Nothing is called “pruvider”.').waitFor();
    await finds('revoke firs', /^Revoke: sk-firs…aaaa/);
    await page.keyboard.press('Enter');
    await expect.poll(() => visit.server.config()).not.toContain('sk-first-0001aaaa');
    await get('button', 'Undo').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => visit.server.config()).toContain('sk-first-0001aaaa');
    await page.keyboard.press('Control+k');
    await finds('dark', /^Theme: Dark/);
    await page.keyboard.press('Enter');
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor({ state: 'attached' });
  });
});
