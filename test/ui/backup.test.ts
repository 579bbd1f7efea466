// A backup from the window: made with a passphrase, looked at, and restored in parts, over both transports.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get } = visit;

  test('everything goes into one file that only its passphrase opens, and comes back after a look', async () => {
    const { page } = visit.window;
    // The palette leads there.
    await page.keyboard.press('Control+k');
    await get('combobox', 'Search or run a command').or(get('textbox', 'Search or run a command')).waitFor();
    await page.keyboard.type('create a backup');
    await page.keyboard.press('Enter');
    await get('textbox', 'Passphrase', true).fill('seven77');
    await page.getByText('Use at least 8 characters.').waitFor();
    if (kind === 'ipc') expect(await findingsOf(page)).toEqual([]);
    await get('textbox', 'Passphrase', true).fill('correct horse');
    await get('textbox', 'Repeat the passphrase').fill('correct house');
    await page.getByText('The two passphrases are different.').waitFor();
    expect(await get('button', 'Create and save').isDisabled()).toBe(true);
    await get('textbox', 'Repeat the passphrase').fill('correct horse');
    const [download] = await Promise.all([page.waitForEvent('download'), get('button', 'Create and save').click()]);
    const file = path.join(visit.server.folder, 'saved.age');
    await download.saveAs(file);
    expect(download.suggestedFilename()).toMatch(/^cli-proxy-desktop-.*\.age$/);
    expect(readFileSync(file, 'utf8')).not.toContain('sk-first-0001aaaa');

    const before = visit.server.config();
    await visit.server.api('PUT', '/request-retry', { value: 9 });
    await visit.window.go('settings/backup/restore');
    const choose = async (chosen: string) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: /^Choose/ }).click(),
      ]);
      await chooser.setFiles(chosen);
    };
    await choose(import.meta.filename);
    await get('textbox', 'Passphrase', true).fill('another horse');
    await get('button', 'Show what changes').click();
    await page.getByText('This file is no backup of this program').waitFor();
    await choose(file);
    // Each passphrase takes a second by design: a wrong one is tried over one transport.
    if (kind === 'ipc') {
      await get('button', 'Show what changes').click();
      await page.getByText('This passphrase does not open the backup.').waitFor();
    }
    await get('textbox', 'Passphrase', true).fill('correct horse');
    await get('button', 'Show what changes').click();
    await page.getByText('config.yaml').last().waitFor();
    expect(await get('checkbox', 'Config, with all keys in it').isChecked()).toBe(true);
    if (kind === 'ipc') expect(await findingsOf(page)).toEqual([]);
    expect(visit.server.config()).toContain('request-retry: 9');
    await get('button', 'Restore', true).click();
    await page.getByText('Backup restored').waitFor();
    expect(visit.server.config()).toBe(before);
  });
});
