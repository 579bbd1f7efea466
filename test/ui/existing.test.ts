// Taking over another installation: told key by key and file by file, copied, and left as it is.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { findingsOf } from './support/axe.ts';
import { useVisit } from './support/visit.ts';

const config = [
  'port: 9999',
  'auth-dir: ./auths',
  'api-keys: [sk-theirs-0003dddd]',
  'request-retry: 3',
  'commercial-mode: true',
  'claude-header-defaults: {user-agent: claude-cli/2}',
  'gemini-api-key:',
  '  - api-key: AIza-theirs',
  '    base_url: https://gemini.example',
  '',
].join('\n');
const accounts = {
  'claude-c@example.com.json': '{"type":"claude","email":"c@example.com","access_token":"at","refresh_token":"rt"}',
  'kimi-d@example.com.json': '{"type":"kimi","email":"d@example.com"}',
  'claude-a@example.com.json': '{"type":"claude","email":"a@example.com","access_token":"other"}',
};

function otherInstallation(): string {
  const folder = tempFolder();
  writeFileSync(path.join(folder, 'config.yaml'), config);
  mkdirSync(path.join(folder, 'auths'));
  for (const [name, text] of Object.entries(accounts)) writeFileSync(path.join(folder, 'auths', name), text);
  return folder;
}

describe('another installation', () => {
  const visit = useVisit('http');

  test('is told part by part, and what is chosen is copied', async () => {
    const folder = otherInstallation();
    const { page, go } = visit.window;
    await go('help/existing');
    await page.getByRole('textbox', { name: 'Another folder' }).fill(folder);
    await visit.get('button', 'Look there').click();
    const found = visit.get('region', 'The folder you named');
    await found.waitFor();
    const group = (name: string) => found.getByRole('region', { name });
    await expect.poll(() => group('Used here').first().textContent()).toContain('request-retry');
    expect(await group('Copied, but without effect here').first().textContent()).toContain('commercial-mode');
    const refused = await group('Not copied').first().textContent();
    for (const text of ['auth-dir', 'sign each other out', 'claude-header-defaults', 'pass for another client'])
      expect(refused).toContain(text);
    expect(await group('Used here').first().textContent()).toContain('gemini-api-key[0].base_url is not known here');
    expect(await group('Not copied').last().textContent()).toContain('A file of this name is here already');
    expect(await findingsOf(page)).toEqual([]);

    await found.getByRole('checkbox', { name: /^port/ }).uncheck();
    await found.getByRole('button', { name: 'Copy' }).click();
    await found.getByText('Copied: 3 settings, 1 account file').first().waitFor();
    const own = visit.server.config();
    expect(own).toContain('sk-theirs-0003dddd');
    expect(own).toContain('request-retry: 3');
    expect(own).not.toContain('9999');
    expect(readFileSync(path.join(folder, 'config.yaml'), 'utf8')).toBe(config);
    for (const [name, text] of Object.entries(accounts))
      expect(readFileSync(path.join(folder, 'auths', name), 'utf8')).toBe(text);
    await found.getByRole('link', { name: 'Show the accounts' }).click();
    await page.getByText('c@example.com').first().waitFor();
  });

  test('that has an error in its config says where', async () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'config.yaml'), 'api-keys: [k]\nport: many\n');
    const { page, go } = visit.window;
    await go('help/existing');
    await page.getByRole('textbox', { name: 'Another folder' }).fill(folder);
    await page.keyboard.press('Enter');
    await page.getByText('Nothing of this config can be taken over').waitFor();
    await page.getByText(/Line 2, column 7/).waitFor();
    expect(await visit.get('button', 'Copy', true).isDisabled()).toBe(true);
  });

  test('that is not there says what to do', async () => {
    const { page, go } = visit.window;
    await go('help/existing');
    await page.getByRole('textbox', { name: 'Another folder' }).fill(tempFolder());
    await page.keyboard.press('Enter');
    await page.getByText('This folder has neither a config nor account files.').waitFor();
  });
});
