// Callers with wrong keys in Settings, over both transports.
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, { config: '' });
  const { get } = visit;
  const knock = (headers: Readonly<Record<string, string>>) =>
    fetch(`${visit.server.address}/v0/management/debug`, { headers }).then(({ status }) => status);
  const remote = { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'scanner/1.0' };

  test('who knocks with a wrong key is seen as it happens, and let in again', async () => {
    const { page } = visit.window;
    await visit.server.api('PATCH', '/server-settings', { allowRemote: true });
    await visit.window.go('settings/refused-callers');
    await page.getByText('None since the start').waitFor();

    await knock({ 'user-agent': 'old-script', 'x-management-key': 'wrong' });
    await page.getByText('This computer old-script').waitFor();
    for (let tries = 0; tries < 5; tries++) expect(await knock({ ...remote, 'x-management-key': 'wrong' })).toBe(401);
    expect(await knock({ ...remote, 'x-management-key': 'mgmt-secret' })).toBe(403);
    await page.getByText('Shut out, 30 min').waitFor();
    await page.getByText('1 is shut out').waitFor();
    // Programs on this computer are not shut out, so there is nothing to undo.
    expect(await page.getByRole('button', { name: /^Unblock/ }).count()).toBe(1);

    expect(await findingsOf(page)).toEqual([]);
    await get('button', 'Unblock 203.0.113.7').click();
    await page.getByText('Nobody is shut out').waitFor();
    expect(await knock({ ...remote, 'x-management-key': 'mgmt-secret' })).toBe(200);
  });
});
