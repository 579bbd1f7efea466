// The log without a file, and with one, which is never asked for before the server writes it.
import { describe, expect, test } from 'vitest';
import { kinds, sampleSetup, useVisit } from './support/visit.ts';

const setup = { ...sampleSetup, config: sampleSetup.config.replace('logging-to-file: true', 'logging-to-file: false') };

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, setup);

  test.runIf(kind === 'http')('a slow answer to the switch delays the log, and nothing fails', async () => {
    const { page } = visit.window;
    const release = Promise.withResolvers<void>();
    const asked: string[] = [];
    await page.route('**/v0/management/{logging-to-file,logs}*', async (route) => {
      const { pathname } = new URL(route.request().url());
      asked.push(`${route.request().method()} ${pathname.replace('/v0/management/', '')}`);
      if (pathname.endsWith('logging-to-file')) await release.promise;
      await route.continue();
    });
    await visit.window.go('logs');
    await visit.get('button', 'Log to file').click();
    await expect.poll(() => asked).toEqual(['PUT logging-to-file']);
    // The window has drawn what it shows meanwhile.
    await expect.poll(() => visit.get('button', 'Log to file').isDisabled()).toBe(true);
    expect(asked).toEqual(['PUT logging-to-file']);
    release.resolve();
    await visit.get('textbox', 'Filter by text, path or status').waitFor();
    await expect.poll(() => asked).toContain('GET logs');
    expect(await page.getByText('The log could not').count()).toBe(0);
  });

  test.runIf(kind === 'http')('without a file the last lines are shown from memory, as they come', async () => {
    const { page } = visit.window;
    await visit.server.api('GET', '/before-the-page').catch(() => undefined);
    await visit.window.go('logs');
    await page.getByLabel('Hide management requests').uncheck();
    await page.getByText('GET /v0/management/before-the-page').waitFor();
    await visit.server.api('GET', '/after-the-page').catch(() => undefined);
    await page.getByText('GET /v0/management/after-the-page').waitFor();
    expect(await visit.server.config()).toContain('logging-to-file: false');
  });

  test('it is switched on and off again and again without an error', async () => {
    const { page } = visit.window;
    await visit.window.go('logs');
    for (let count = 0; count < 4; count += 1) {
      await visit.get('button', 'Log to file').click();
      await visit.get('button', 'Clear', true).waitFor();
      await page
        .getByText(/\d+ lines?/)
        .first()
        .waitFor();
      expect(await visit.get('button', 'Try again').count()).toBe(0);
      await visit.get('button', 'More actions for Logs').click();
      await page.getByRole('menuitem').last().click();
    }
  });
});
