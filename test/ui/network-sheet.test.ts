// Opening the server to the local network from the window, and closing it, against the real server and its file.
import { describe, expect, test } from 'vitest';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind);
  const { get } = visit;

  test('choosing the network opens nothing before it is confirmed, says where it answers, and can be taken back', async () => {
    const { page } = visit.window;
    await visit.window.go('settings/host');
    await page.getByText('Local network', { exact: true }).click();
    await get('dialog', 'Open to the local network').waitFor();
    await get('button', 'Open with TLS').waitFor();
    expect(visit.server.config()).not.toContain('host:');
    await page.getByText('2 client keys').waitFor();
    await get('checkbox', 'Encrypt with TLS').uncheck();
    await page.getByRole('alert').getByText('Keys and prompts cross the network in the clear.').waitFor();
    await get('button', 'Open without encryption').click();
    await expect.poll(() => visit.server.config()).toContain('host: 0.0.0.0');
    expect(visit.server.config()).not.toContain('tls:');

    await visit.window.go('home');
    await page.locator('.pill').getByText('Open to the network').waitFor();
    await get('button', 'Close again').click();
    await expect.poll(() => visit.server.config()).toContain('host: 127.0.0.1');
    await expect.poll(() => page.getByText('Open to the network').count()).toBe(0);
  });
});

describe('without a client key', () => {
  const visit = useVisit('ipc', { config: '' });

  test('a key has to be made first', async () => {
    await visit.window.go('settings/host');
    await visit.window.page.getByText('Local network', { exact: true }).click();
    expect(await visit.get('button', 'Open with TLS').count()).toBe(0);
    await visit.get('button', 'Make a key first').click();
    await visit.get('button', 'New key').waitFor();
  });
});

describe('over TLS', () => {
  const visit = useVisit('ipc');
  const { get } = visit;

  test('the certificate is in force with the first moment of being open', async () => {
    await visit.window.go('settings/host');
    await visit.window.page.getByText('Local network', { exact: true }).click();
    await get('button', 'Open with TLS').click();
    await expect.poll(() => visit.server.config()).toContain('host: 0.0.0.0');
    expect(visit.server.config()).toMatch(/tls:\n {2}enable: true\n {2}cert: .+\n {2}key: .+/);
  });
});
