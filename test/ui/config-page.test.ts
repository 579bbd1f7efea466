// The config page, over both transports, against the real server and the real file.
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get, flip } = visit;

  test('the config is edited as YAML, checked while typing, reviewed, saved and taken back', async () => {
    const { page } = visit.window;
    const before = visit.server.config();
    await visit.window.go('config');
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
    await expect.poll(() => visit.server.config()).toBe(before.replace('request-retry: 1', 'request-retry: 7'));
    await get('button', 'Undo').click();
    await expect.poll(() => visit.server.config()).toBe(before);

    await get('button', 'History').click();
    await get('button', new RegExp(`request-retry 7 → 1 ${kind === 'http' ? 'HTTP' : 'window'}`))
      .first()
      .waitFor();
    // The newest is chosen; keys in the lines around a change are masked.
    await page.getByText(/^request-retry: 7$/).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const dialog = page.getByRole('dialog', { name: 'History' });
    await dialog.getByText('sk-firs…aaaa').waitFor();
    expect(await dialog.textContent()).not.toContain('sk-first-0001aaaa');
    expect(await findingsOf(page)).toEqual([]);
  });

  test('an outside change of the config meets unsaved edits without loss', async () => {
    const { page } = visit.window;
    await visit.window.go('config');
    await get('textbox', 'config.yaml').getByText('request-retry').click();
    await page.keyboard.press('End');
    await page.keyboard.type('0');
    await get('button', 'Discard').click({ trial: true });
    visit.server.writeConfig(visit.server.config().replace('debug: false', 'debug: true'));
    await page.getByText('config.yaml was changed by another program.').waitFor();
    await get('button', 'Compare').click();
    await page.getByText('Your version and the file on disk').waitFor();
    await get('button', 'Back to editor').click();
    await get('button', 'Use theirs').click();
    await expect.poll(() => get('button', 'Discard').isDisabled()).toBe(true);
    await get('textbox', 'config.yaml').getByText('debug: true').waitFor();
  });

  test('what is misspelt is marked with what was meant, put right, reviewed and saved', async () => {
    const { page } = visit.window;
    visit.server.writeConfig(`${visit.server.config()}routing:\n  session-afinity: true\n`);
    await visit.window.go('config');
    await page.getByText('Misspelt, so it does nothing.').waitFor();
    await page.getByText('1 to put right', { exact: true }).waitFor();
    await get('textbox', 'config.yaml').getByText('request-retry').click();
    await page.keyboard.press('F8');
    await get('button', 'Put it right…').click();
    await page.getByText('Review 1 changed line').waitFor();
    await get('button', 'Save', true).click();
    await expect.poll(() => visit.server.config()).toContain('  session-affinity: true');
    await expect.poll(() => page.getByText('to put right').count()).toBe(0);
  });

  test('the form changes the same text as the editor', async () => {
    await visit.window.go('config');
    await visit.window.page.getByText('Form', { exact: true }).click();
    await flip('debug');
    await get('textbox', 'request-retry').fill('3');
    await get('button', 'Review and save').click();
    await get('button', 'Save', true).click();
    await expect.poll(() => visit.server.config()).toContain('debug: true # noisy');
    expect(visit.server.config()).toContain('request-retry: 3');
  });
});
