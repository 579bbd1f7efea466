// Who would answer a model, and chains of models made in the window.
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { useVisit } from './support/visit.ts';

const config = [
  'api-keys: [sk-first-0001aaaa]',
  'openai-compatibility:',
  '  - name: relay-a',
  '    base-url: http://127.0.0.1:9/v1',
  '    priority: 3',
  '    api-key-entries: [{ api-key: sk-relay-0000cccc }]',
  '    models: [{ name: big }, { name: small }]',
  '  - name: relay-b',
  '    base-url: http://127.0.0.1:9/v1',
  '    api-key-entries: [{ api-key: sk-relay-0000dddd }]',
  '    models: [{ name: big }]',
  '# the end',
  '',
].join('\n');

describe('over http', () => {
  const visit = useVisit('http', { config });

  test('who would answer is told in order, and a chain is made, put in order by keyboard and taken back', async () => {
    const { page } = visit.window;
    await visit.window.go('requests');
    await page.getByRole('button', { name: 'Routing…' }).click();
    const drawer = page.getByRole('dialog');
    const rows = drawer.locator('.candidates > li');
    await expect.poll(() => rows.count()).toBe(2);
    expect(await rows.first().textContent()).toContain('First in turn.');
    expect(await rows.first().textContent()).toContain('priority 3');

    await drawer.getByRole('button', { name: 'Add chain' }).click();
    await drawer.getByLabel('Name that programs ask for').fill('best');
    for (const model of ['small', 'big']) {
      await drawer
        .getByRole('combobox', { name: 'Add a model' })
        .or(drawer.getByPlaceholder('Add a model'))
        .first()
        .fill(model);
      await page.keyboard.press('Enter');
    }
    await drawer.getByRole('button', { name: 'Move big, number 2: arrow keys or drag' }).focus();
    await page.keyboard.press('ArrowUp');
    expect(await drawer.locator('pre').textContent()).toBe('model-chains:\n  best:\n    - big\n    - small');
    expect(await findingsOf(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Save chain' }).click();
    await expect
      .poll(() => visit.server.api('GET', '/model-chains'))
      .toEqual({
        chains: [{ name: 'best', models: ['big', 'small'] }],
      });
    expect(visit.server.config()).toContain('# the end');
    // It is shown who would answer it.
    await expect.poll(() => rows.last().textContent()).toContain('as small');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => visit.server.api('GET', '/model-chains')).toEqual({ chains: [] });
  });
});
