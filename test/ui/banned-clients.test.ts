// Clients with wrong keys in Settings, over both transports.
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, { config: '' });
  const { get } = visit;
  const request = (headers: Readonly<Record<string, string>>) =>
    fetch(`${visit.server.address}/v0/management/debug`, { headers }).then(({ status }) => status);
  const remote = { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'scanner/1.0' };

  test('a client with a wrong key shows up at once and can be unbanned', async () => {
    const { page } = visit.window;
    await visit.server.api('PATCH', '/server-settings', { allowRemote: true });
    await visit.window.go('settings/rejected-clients');
    await page.getByText('None since the server started').waitFor();

    await request({ 'user-agent': 'old-script', 'x-management-key': 'wrong' });
    await page.getByText('This computer old-script').waitFor();
    for (let tries = 0; tries < 5; tries++) expect(await request({ ...remote, 'x-management-key': 'wrong' })).toBe(401);
    expect(await request({ ...remote, 'x-management-key': 'mgmt-secret' })).toBe(403);
    await page.getByText('Banned, 30 min').waitFor();
    await page.getByText('1 client banned').waitFor();
    // Programs on this computer are never banned, so there is nothing to undo.
    expect(await page.getByRole('button', { name: /^Unban/ }).count()).toBe(1);

    expect(await findingsOf(page)).toEqual([]);
    await get('button', 'Unban 203.0.113.7').click();
    await page.getByText('No clients banned').waitFor();
    expect(await request({ ...remote, 'x-management-key': 'mgmt-secret' })).toBe(200);
  });
});
