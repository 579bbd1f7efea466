// Editing the config: nothing that was typed is lost, the keyboard does what people expect, and counts are right.
import { describe, expect, test } from 'vitest';
import { kinds, sampleSetup, useVisit } from './support/visit.ts';

const comment = `# ${'a comment that is wider than the editor '.repeat(8)}`;
const setup = { ...sampleSetup, config: `${sampleSetup.config}${comment}\nrequest-log: false\n` };

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, setup);
  const { get } = visit;
  const editor = () => get('textbox', 'config.yaml');
  const typeAfter = async (key: string, text: string) => {
    await editor().getByText(key).click();
    await visit.window.page.keyboard.press('End');
    await visit.window.page.keyboard.type(text);
  };

  test('unsaved edits are there after leaving the page, and the sidebar says so', async () => {
    await visit.window.go('config');
    await typeAfter('request-retry', '9');
    await get('link', 'Home').click();
    await get('heading', 'Everything is working').waitFor();
    await get('link', 'Config, unsaved edits').click();
    await editor().getByText('request-retry: 19').waitFor();
    await get('button', 'Discard').click();
    await get('link', 'Config', true).waitFor();
  });

  test('an outside change while another page is open is told on coming back', async () => {
    await visit.window.go('config');
    await typeAfter('request-retry', '9');
    await get('link', 'Home').click();
    visit.server.writeConfig(visit.server.config().replace('debug: false', 'debug: true'));
    await get('link', /^Config/).click();
    await visit.window.page.getByText('config.yaml was changed by another program.').waitFor();
    await editor().getByText('request-retry: 19').waitFor();
  });

  test.runIf(kind === 'http')('the browser asks before a tab with unsaved edits is closed', async () => {
    const { page } = visit.window;
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await visit.window.go('config');
    await typeAfter('request-retry', '9');
    await page.reload();
    await editor().getByText('request-retry: 1', { exact: true }).waitFor();
    expect(asked).toEqual(['beforeunload']);
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  test('Ctrl+S opens the review, which counts the lines that differ', async () => {
    const { page } = visit.window;
    await visit.window.go('config');
    await typeAfter('debug: false', ' indeed');
    await typeAfter('request-log', ' ');
    await page.keyboard.press('Control+s');
    await page.getByText('Review 2 changed lines').waitFor();
  });

  test('Ctrl+F finds and replaces in the words of the window', async () => {
    const { page } = visit.window;
    await visit.window.go('config');
    await editor().getByText('request-retry').click();
    await page.keyboard.press('Control+f');
    const find = get('textbox', 'Find', true);
    await find.fill('sk-');
    await page.getByText('3 found').waitFor();
    await find.press('Enter');
    await page.getByText('1 of 3').waitFor();
    await find.press('Enter');
    await page.getByText('2 of 3').waitFor();
    await find.press('Shift+Enter');
    await page.getByText('1 of 3').waitFor();
    await find.fill('no such thing');
    await page.getByText('No results').waitFor();
    await find.fill('request-retry');
    await get('textbox', 'Replace with').fill('request-again');
    await get('button', 'Replace all').click();
    await editor().getByText('request-again: 1').waitFor();
    await find.press('Escape');
    await find.waitFor({ state: 'hidden' });
  });

  test('long lines wrap, and an error is told beside the numbers, not under them', async () => {
    const { page } = visit.window;
    await visit.window.go('config');
    await typeAfter('a comment that is wider', '');
    await typeAfter('request-retry', 'x');
    const told = page.locator('.cm-error-text');
    await told.waitFor();
    const scrolls = await page
      .locator('.cm-scroller')
      .evaluate((scroller) => scroller.scrollWidth > scroller.clientWidth);
    expect(scrolls).toBe(false);
    const gutter = await page.locator('.cm-gutters').boundingBox();
    const box = await told.boundingBox();
    expect(box?.x ?? 0).toBeGreaterThanOrEqual((gutter?.x ?? 0) + (gutter?.width ?? 0));
  });
});
