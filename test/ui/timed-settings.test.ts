// Debug and request log switched on for a while, over both transports.
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { kinds, useVisit } from './support/visit.ts';

describe.each(kinds)('over %s', (kind) => {
  const visit = useVisit(kind, { config: 'debug: false # noisy\n' });
  const { get, flip } = visit;

  test('a switch that goes off by itself says when, and can be left on or switched off before', async () => {
    const { page } = visit.window;
    await visit.window.go('settings/request-log');
    await get('button', 'Turn on for… Request log').click();
    await get('menuitem', '10 minutes').click();
    await page.getByText('Turns off in 10 min', { exact: true }).waitFor();
    expect(visit.server.config()).toContain('request-log: true');
    // The banner of every page says it too.
    await page.getByText(/It turns off in 10 min\.$/).waitFor();

    expect(await findingsOf(page)).toEqual([]);
    await get('button', 'Turns off in 10 min Request log').click();
    await get('menuitem', 'Until I turn it off').click();
    await page.getByText('Stays on', { exact: true }).waitFor();
    expect(await visit.server.api('GET', '/auto-off')).toEqual({ timers: [] });

    await get('button', 'Turn on for… Debug logging').click();
    await get('menuitem', '1 hour').click();
    await page.getByText('Turns off in 60 min', { exact: true }).waitFor();
    await flip('Debug logging');
    await get('button', 'Turn on for… Debug logging').waitFor();
    await expect.poll(() => visit.server.api('GET', '/auto-off')).toEqual({ timers: [] });
    expect(visit.server.config()).toContain('debug: false # noisy');
  });

  test('a time set by another client is shown at once', async () => {
    await visit.window.go('settings/debug');
    await visit.server.api('PUT', '/auto-off', { setting: 'debug', minutes: 30 });
    await visit.window.page.getByText('Turns off in 30 min', { exact: true }).waitFor();
    expect(await get('switch', 'Debug logging', true).isChecked()).toBe(true);
  });
});
