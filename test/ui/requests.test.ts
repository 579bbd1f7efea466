// The page of requests: live rows, filters, the drawer, unknown models, export and clearing.
import { afterAll, describe, expect, test } from 'vitest';
import { storedRequest } from '../storage/stored-request.ts';
import { findingsOf } from './support/axe.ts';
import { addRequests, ask, startUpstream } from './support/requests.ts';
import { kinds, useVisit } from './support/visit.ts';

const upstream = await startUpstream();
afterAll(() => upstream.stop());

const key = 'sk-first-0001aaaa';
const setup = {
  config: [
    'request-retry: 0',
    'api-keys:',
    `  - ${key}`,
    'openai-compatibility:',
    '  - name: relay-a',
    `    base-url: ${upstream.baseUrl}`,
    '    api-key-entries:',
    '      - api-key: sk-relay-0000cccc',
    '    models:',
    '      - name: slow',
    '      - name: quick-coder-plus',
    '      - name: broken',
    '',
  ].join('\n'),
};

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, setup);
  const { get } = visit;
  const row = (text: string | RegExp) =>
    visit.window.page.locator('.request-table tbody tr[data-id]', { hasText: text });

  test('a request shows while it runs, and takes its place when it ends', async () => {
    await visit.window.go('requests');
    await visit.window.page.getByText('No requests in this time').waitFor();
    const status = ask(visit.server, 'slow', key);
    await row('Waiting').waitFor();
    expect(await row('slow').getAttribute('class')).toContain('running');
    await ask(visit.server, 'quick-coder-plus', key);
    await row('Answered').waitFor();
    expect(await row(/./).allTextContents()).toEqual([
      expect.stringContaining('slow'),
      expect.stringContaining('quick'),
    ]);
    upstream.release();
    expect(await status).toBe(200);
    await expect.poll(() => row('Answered').count()).toBe(2);
    // By the time of its start.
    expect(await row(/./).first().textContent()).toContain('quick');
  });

  test('a finished request is tried again for one token, with the same key and model', async () => {
    await ask(visit.server, 'quick-coder-plus', key);
    await visit.window.go('requests');
    await row('quick').click();
    const drawer = visit.window.page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Try with one token' }).click();
    await drawer.getByText(/^Answered in /).waitFor();
    await expect.poll(() => row('quick').count()).toBe(2);
  });

  test('chips and words filter, and count what the other filters leave', async () => {
    const now = Date.now();
    await addRequests(visit.server, [
      storedRequest(now - 3_000, { model: 'alpha' }),
      storedRequest(now - 2_000, { model: 'beta', outcome: 'failure', status: 503, error: 'nobody answers' }),
      storedRequest(now - 1_000, {
        model: 'gamma',
        tries: ['u...a', 'u...b'].map((credential, index) => ({
          ...{ source: 'p-a', credential, model: 'up', status: index ? 200 : 429, ms: 5 },
          error: index ? null : 'slow down',
        })),
      }),
    ]);
    await visit.window.go('requests');
    await expect.poll(() => row(/./).count()).toBe(3);
    await get('button', 'Failed 1').click();
    await expect.poll(() => row(/./).count()).toBe(1);
    await get('button', 'More than one try 1').click({ modifiers: ['Control'] });
    await expect.poll(() => row(/./).count()).toBe(2);
    await get('button', /^All/).click();
    await get('textbox', 'Find requests').fill('model:alpha');
    await expect.poll(() => row(/./).count()).toBe(1);
    await get('button', 'Failed 0').waitFor();
    await get('textbox', 'Find requests').fill('status:503');
    await row('beta').waitFor();
    await get('textbox', 'Find requests').fill('nothing like it');
    await get('button', 'Clear filters').click();
    await expect.poll(() => row(/./).count()).toBe(3);
  });

  test('the drawer shows each try and what was left out, and goes on by J and K', async () => {
    const now = Date.now();
    await addRequests(visit.server, [
      storedRequest(now - 2_000, { model: 'older' }),
      storedRequest(now - 1_000, {
        model: 'newer',
        dropped_fields: ['logit_bias'],
        first_byte_ms: 700,
        total_ms: 900,
        tries: [
          { source: 'p-a', credential: 'u...a', model: 'up', status: 429, ms: 200, error: 'slow down' },
          { source: 'p-a', credential: 'u...b', model: 'up', status: 200, ms: 700, error: null },
        ],
      }),
    ]);
    const { page } = visit.window;
    await visit.window.go('requests');
    await row('newer').focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('newer for').waitFor();
    expect(await drawer.locator('.try-track').count()).toBe(2);
    await drawer.getByText('logit_bias').waitFor();
    await get('button', 'Copy as curl').click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('/v1/chat/completions');
    expect(await findingsOf(page)).toEqual([]);
    await page.keyboard.press('j');
    await drawer.getByText('older for').waitFor();
    await page.keyboard.press('k');
    await drawer.getByText('newer for').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(() => row('newer').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => row('older').evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('an unknown model names what was probably meant, and becomes an alias after a review', async () => {
    const { page } = visit.window;
    await visit.window.go('requests');
    expect(await ask(visit.server, 'quick-codr-plus', key)).toBe(404);
    await row('No such model').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Probably meant').waitFor();
    expect(await drawer.getByRole('radio').first().isChecked()).toBe(true);
    expect(await findingsOf(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Add alias' }).click();
    await page.getByRole('dialog', { name: /change/i }).waitFor();
    await get('button', 'Save', true).click();
    await expect.poll(() => visit.server.config()).toContain('"quick-codr-plus": ["quick-coder-plus"]');
    await expect.poll(() => ask(visit.server, 'quick-codr-plus', key)).toBe(200);
  });

  test('clearing says what stays, and the records are gone', async () => {
    await addRequests(visit.server, [storedRequest(Date.now() - 1_000)]);
    const { page } = visit.window;
    await visit.window.go('requests');
    await row(/./).waitFor();
    const download = page.waitForEvent('download');
    await get('button', 'Export').click();
    await get('menuitem', 'Save as CSV').click();
    expect((await download).suggestedFilename()).toMatch(/^requests-.*\.csv$/);
    await get('button', 'Clear', true).click();
    await page.getByText('The log stays.').waitFor();
    await get('button', 'Delete all records').click();
    await page.getByText('No requests in this time').waitFor();
    expect((await visit.server.api<{ requests: unknown[] }>('GET', '/requests')).requests).toEqual([]);
  });
});
