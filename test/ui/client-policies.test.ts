// What client keys may do, set in the window, over both transports, against the real server and its file.
import { describe, expect, test } from 'vitest';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get } = visit;
  const policies = async () =>
    (await visit.server.api<{ 'client-policies': unknown[] }>('GET', '/client-policies'))['client-policies'];

  test('a key gets a limit and the models it may use, shown as YAML, and loses them with the key', async () => {
    const { page } = visit.window;
    await visit.window.go('keys');
    await get('button', 'More actions for sk-firs…aaaa').click();
    await get('menuitem', 'Edit…').click();
    await get('button', 'Add limit').click();
    await get('button', 'Save', true).click();
    await page.getByText('Enter how many, 0 for none.').waitFor();
    await get('textbox', 'How many requests a day').fill('200');
    await page.getByLabel('Models', { exact: true }).first().fill('relay-*');
    await page.keyboard.press('Enter');
    await page.getByText('- { requests: 200, per: day }').waitFor();
    expect(await page.content()).not.toContain('sk-first-0001aaaa');
    await get('button', 'Save', true).click();
    await page.getByText('0 of 200 requests a day').waitFor();
    const policy = {
      'api-key': 'sk-first-0001aaaa',
      limits: [{ requests: 200, per: 'day' }],
      models: ['relay-*'],
    };
    expect(await policies()).toEqual([policy]);
    expect(visit.server.config()).toContain('# A comment that stays');

    await get('button', 'More actions for sk-firs…aaaa').click();
    await get('menuitem', 'Revoke').click();
    await expect.poll(policies).toEqual([]);
    await get('button', 'Undo').click();
    await expect.poll(policies).toEqual([policy]);
  });

  test('the limits of every other key are set once', async () => {
    await visit.window.go('keys');
    await get('button', 'Set them').click();
    await get('textbox', 'At once').fill('3');
    await get('button', 'Save', true).click();
    await expect.poll(policies).toEqual([{ 'api-key': '*', 'max-concurrent': 3 }]);
    await get('button', 'Change them').waitFor();
  });
});
