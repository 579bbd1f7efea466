// Adding a key by pasting it, over both transports: nothing is asked of a stranger unseen, models are chosen from a list,
// and only what has answered is saved.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

const models = ['vendor/coder', ...Array.from({ length: 29 }, (_, at) => `vendor/model-${at}`)];

/** A service with many models that takes one key. */
async function startService(key: string) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (request.headers.authorization !== `Bearer ${key}`) {
      return response.writeHead(401).end('{"error":{"message":"Unknown key."}}');
    }
    if (request.method === 'GET') return response.end(JSON.stringify({ data: models.map((id) => ({ id })) }));
    return response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` };
}

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get } = visit;

  test('a curl line becomes a provider with the models that were chosen', async () => {
    const { page } = visit.window;
    const service = await startService('sk-good-1234');
    const curl = (key: string) =>
      `curl ${service.url}/chat/completions -H "Authorization: Bearer ${key}" -d '{"model":"vendor/coder"}'`;
    await visit.window.go('providers');
    await get('button', 'Add a key', true).click();
    const dialog = page.getByRole('dialog', { name: 'Add a key' });
    const box = get('textbox', 'Key, address or curl line');

    // A wrong key: told in words, and nothing is written.
    await box.fill(curl('sk-wrong-1234'));
    await get('button', 'Continue', true).click();
    await dialog.getByText('The models could not be listed').waitFor();
    await get('button', 'Add with 0 models')
      .or(get('button', 'Add', true))
      .click();
    // The list of models was refused in the same words.
    await expect.poll(() => service.asked).toContain('POST /v1/chat/completions');
    await dialog.getByText('refuses the key (401)').last().waitFor();
    expect(visit.server.config()).not.toContain('sk-wrong-1234');

    service.asked.length = 0;
    await box.fill(curl('sk-good-1234'));
    await dialog.getByText('1 of 30 chosen').waitFor();
    expect(await get('checkbox', 'vendor/coder', true).isChecked()).toBe(true);
    await get('textbox', 'Find a model').fill('model-7');
    await get('checkbox', 'vendor/model-7', true).check();
    expect(await findingsOf(page)).toEqual([]);
    await get('textbox', 'Name', true).fill('my-relay');
    expect(service.asked).not.toContain('POST /v1/chat/completions');
    await get('button', 'Add with 2 models').click();
    await dialog.waitFor({ state: 'hidden' });
    expect(service.asked.at(-1)).toBe('POST /v1/chat/completions');
    const list = async () =>
      (await visit.server.api<{ 'openai-compatibility': { name: string }[] }>('GET', '/openai-compatibility'))[
        'openai-compatibility'
      ];
    expect((await list())[1]).toEqual({
      name: 'my-relay',
      'base-url': service.url,
      'api-key-entries': [{ 'api-key': 'sk-good-1234' }],
      models: [
        { name: 'vendor/coder', alias: 'coder' },
        { name: 'vendor/model-7', alias: 'model-7' },
      ],
    });

    // The result is kept over a restart of the window, and what is kept holds no key.
    await page.reload();
    await page.getByRole('row', { name: /my-relay .*Works/ }).waitFor();
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).not.toContain('sk-good-1234');
    expect(kept).toContain('vendor/coder');
  });

  test('services are chosen by keyboard, and model servers of this machine looked for on a click only', async () => {
    const { page } = visit.window;
    await visit.window.go('providers/openai/new');
    const dialog = page.getByRole('dialog', { name: 'Add a key' });
    await dialog.getByRole('button', { name: /^Mistral/ }).waitFor();
    expect(await findingsOf(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Cerebras');
    await dialog.getByText('on this computer').first().waitFor();
    await get('button', 'Look for model servers on this computer').click();
    await dialog
      .getByText(/not running|running, /)
      .first()
      .waitFor();
    await get('textbox', 'Find a service').fill('mistr');
    await dialog.getByRole('button', { name: /^Mistral/ }).click();
    await dialog.getByText('Paste a key of Mistral above.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });
});
