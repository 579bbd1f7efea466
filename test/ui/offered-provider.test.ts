// A link that offers a provider, over both transports: it fills in the editor and saves nothing by itself.
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get } = visit;
  const names = async () => {
    const path = '/openai-compatibility';
    const list = await visit.server.api<{ 'openai-compatibility': { name: string }[] }>('GET', path);
    return list['openai-compatibility'].map(({ name }) => name);
  };

  test('name and address are filled in, the key is asked for, and only Save adds it', async () => {
    const { page } = visit.window;
    const offer = 'name=relay-b&base-url=https%3A%2F%2Frelay-b.example.net%2Fv1&api-key=sk-from-link';
    await visit.window.go(`providers/openai/add?${offer}`);
    await page.getByText('Check the base URL before you enter a key').waitFor();
    expect(await get('textbox', 'Name', true).inputValue()).toBe('relay-b');
    expect(await get('textbox', 'Base URL').inputValue()).toBe('https://relay-b.example.net/v1');
    expect(await get('textbox', 'Key 1', true).inputValue()).toBe('');
    expect(await findingsOf(page)).toEqual([]);
    expect(await names()).toEqual(['relay-a']);
    await get('textbox', 'Key 1', true).fill('sk-typed-1234');
    await get('combobox', 'Reasoning of earlier turns').click();
    await get('option', 'Leave it out').click();
    await get('button', 'Save').click();
    await get('dialog', 'Add provider').waitFor({ state: 'hidden' });
    expect(await names()).toEqual(['relay-a', 'relay-b']);
    expect(visit.server.config()).not.toContain('sk-from-link');
    expect(visit.server.config()).toContain('reasoning-history: false');
  });

  test('a link with an address that is none of a service opens no editor', async () => {
    await visit.window.go('providers/openai/add?base-url=javascript:alert(1)');
    await get('button', 'relay-a', true).waitFor();
    expect(await visit.window.page.getByRole('dialog').count()).toBe(0);
  });
});
