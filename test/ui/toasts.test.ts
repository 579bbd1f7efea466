// Toasts: what was done can be undone whatever else was said, and no failure stays on screen for ever.
import { describe, expect, test } from 'vitest';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get } = visit;
  const failure = 'Could not copy Base URL';

  /** A failure that is on screen on whatever page. */
  async function fail(): Promise<void> {
    const { page } = visit.window;
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('not allowed'));
    });
    await page.locator('.pill').click();
    await get('menuitem', 'Copy base URL').click();
    await page.getByText(failure).waitFor();
  }

  const providers = async () =>
    (await visit.server.api<{ 'openai-compatibility': unknown[] }>('GET', '/openai-compatibility'))[
      'openai-compatibility'
    ].length;
  const accounts = async () => visit.server.accountNames().length;

  const keys = async () => (await visit.server.api<{ 'api-keys': unknown[] }>('GET', '/api-keys'))['api-keys'].length;
  const menu = async (name: string, item: string) => {
    await get('button', `More actions for ${name}`).click();
    await get('menuitem', item).click();
  };
  const edit = async () => {
    await get('textbox', 'config.yaml').getByText('request-retry').click();
    await visit.window.page.keyboard.press('End');
    await visit.window.page.keyboard.type('7');
  };

  const acts = [
    { name: 'an account is deleted', path: 'accounts', act: () => menu('a@example.com', 'Delete'), count: accounts },
    {
      name: 'a file is deleted from its row',
      path: 'files',
      act: () => menu('claude-a@example.com.json', 'Delete'),
      count: accounts,
    },
    {
      name: 'a file is deleted from its drawer',
      path: `files/${encodeURIComponent('claude-a@example.com.json')}`,
      act: () => get('dialog', 'claude-a@example.com.json').getByRole('button', { name: 'Delete' }).click(),
      count: accounts,
    },
    {
      name: 'chosen files are deleted',
      path: 'files',
      act: async () => {
        await get('checkbox', 'Select claude-a@example.com.json').check();
        await get('button', /^Delete 1/).click();
      },
      count: accounts,
    },
    { name: 'a provider is removed', path: 'providers', act: () => menu('relay-a', 'Delete'), count: providers },
    { name: 'a client key is revoked', path: 'keys', act: () => menu('sk-firs…aaaa', 'Revoke'), count: keys },
    {
      name: 'the edits of the config are discarded',
      path: 'config',
      act: async () => {
        await edit();
        await get('button', 'Discard').click();
      },
      count: () => get('textbox', 'config.yaml').getByText('request-retry: 1', { exact: true }).count(),
    },
    {
      name: 'the config is saved',
      path: 'config',
      act: async () => {
        await edit();
        await get('button', 'Review and save').click();
        await get('button', 'Save', true).click();
      },
      count: async () => Number(/request-retry: (\d+)/.exec(visit.server.config())?.[1]),
    },
  ];

  test('every destructive act can be undone with an older error toast on screen', async () => {
    for (const { name, path, act, count } of acts) {
      await visit.window.go(path);
      if (!path.includes('/')) await fail();
      const before = await count();
      await act();
      await get('button', 'Undo').waitFor();
      if (name.startsWith('the edits')) await get('button', 'Undo').click();
      else {
        await expect.poll(count, { message: name }).not.toBe(before);
        await get('button', 'Undo').click();
        await expect.poll(count, { message: name }).toBe(before);
      }
      if (!path.includes('/')) expect(await visit.window.page.getByText(failure).count(), name).toBe(1);
    }
  });

  test('Ctrl+Z takes back the last of several actions', async () => {
    const { page } = visit.window;
    await visit.window.go('keys');
    await menu('sk-firs…aaaa', 'Revoke');
    await expect.poll(keys).toBe(1);
    await menu('sk-seco…bbbb', 'Revoke');
    await expect.poll(keys).toBe(0);
    await get('button', 'Undo').nth(1).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => visit.server.config()).toContain('sk-second-0002bbbb');
    await page.keyboard.press('Control+z');
    await expect.poll(() => visit.server.config()).toContain('sk-first-0001aaaa');
    await expect.poll(() => get('button', 'Undo').count()).toBe(0);
  });

  test('at most three are shown, and news makes room before what can be undone', async () => {
    const { page } = visit.window;
    await visit.window.go('keys');
    await menu('sk-firs…aaaa', 'Revoke');
    await get('button', 'Undo').waitFor();
    for (const item of ['Copy base URL', 'Copy management URL', 'Copy base URL']) {
      await page.locator('.pill').click();
      await get('menuitem', item).click();
    }
    await expect.poll(() => page.locator('.toast').count()).toBe(3);
    await get('button', 'Undo').waitFor();
  });

  test('an error goes once it was read, when the action succeeds, and with its page', async () => {
    const { page } = visit.window;
    await page.clock.install();
    await fail();
    await page.clock.runFor(11_500);
    expect(await page.getByText(failure).count()).toBe(1);
    await page.clock.runFor(2_000);
    await expect.poll(() => page.getByText(failure).count()).toBe(0);

    await fail();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.resolve();
    });
    await page.locator('.pill').click();
    await get('menuitem', 'Copy base URL').click();
    await expect.poll(() => page.getByText(failure).count()).toBe(0);

    await fail();
    await get('link', 'Client keys').click();
    await expect.poll(() => page.getByText(failure).count()).toBe(0);
  });

  test('the foot of a drawer stays free, and a long name never cuts Undo', async () => {
    const { page } = visit.window;
    const [key] = (await visit.server.api<{ 'api-keys': string[] }>('GET', '/api-keys'))['api-keys'];
    await visit.server.api('PUT', '/client-keys/label', { key, label: 'a label '.repeat(12).trim() }).catch(() => {});
    await visit.window.go('keys');
    await get('button', /^More actions for/)
      .first()
      .click();
    await get('menuitem', 'Revoke').click();
    const undo = get('button', 'Undo');
    await undo.waitFor();
    const inside = async () => {
      const box = await undo.boundingBox();
      const toast = await page.locator('.toast').last().boundingBox();
      return box !== null && toast !== null && box.x + box.width <= toast.x + toast.width && box.y < toast.y + 40;
    };
    expect(await inside()).toBe(true);
    await get('button', 'New key').click();
    const save = await get('button', 'Create and copy').boundingBox();
    const toast = await page.locator('.toast').last().boundingBox();
    expect((toast?.y ?? 0) + (toast?.height ?? 0)).toBeLessThanOrEqual(save?.y ?? 0);
  });
});
