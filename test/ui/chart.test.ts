// The bar charts: each bar's values can be read by pointer, keyboard and screen reader.
import { describe, expect, test } from 'vitest';
import { storedRequest } from '../storage/stored-request.ts';
import { findingsOf } from './support/axe.ts';
import { addRequests } from './support/requests.ts';
import { usageExport } from './support/usage-export.ts';
import { useVisit } from './support/visit.ts';

describe('over http', () => {
  const visit = useVisit('http');

  test('costs are shown by day and model, filtered by a name, and lead to their requests', async () => {
    const { page } = visit.window;
    const noon = new Date().setHours(0, 0, 0, 0) - 12 * 3_600_000;
    await addRequests(visit.server, [
      storedRequest(noon, { model_sent: 'claude-x', cost: { usd: 1.5, basis: 'list', billed: true } }),
      storedRequest(noon, { model_sent: 'gpt-y', cost: { usd: 0.25, basis: 'list', billed: false } }),
      storedRequest(noon, { model_sent: 'odd', cost: { usd: null, basis: 'unknown', billed: true } }),
    ]);
    await visit.server.api('POST', '/usage/import', usageExport('sk-first-0001aaaa', { 'claude-x': 1 }));
    await visit.window.go('usage');
    await page.getByText('Cost', { exact: true }).click();
    const bars = page.getByRole('figure', { name: /^Cost per day/ }).getByRole('img');
    await expect.poll(() => bars.nth(5).getAttribute('aria-label')).toMatch(/: claude-x 1\.500, gpt-y 0\.250$/);
    await page.getByText('Without a price, and not in these sums: odd.').waitFor();
    expect(await page.locator('.figures .value').allTextContents()).toEqual(['1.50', '0.25', '0.00', '1']);
    await page.getByRole('button', { name: 'gpt-y' }).click();
    await expect.poll(() => bars.nth(5).getAttribute('aria-label')).toMatch(/: gpt-y 0\.250$/);
    await bars.nth(5).focus();
    await page.keyboard.press('Enter');
    await page.locator('tr[data-id]', { hasText: 'gpt-y' }).waitFor();
    expect(await page.locator('tr[data-id]').count()).toBe(1);
  });

  test('a drawn range is shown alone, and Escape shows all again', async () => {
    const { page } = visit.window;
    await visit.server.api('POST', '/usage/import', usageExport('sk-first-0001aaaa', { 'claude-x': 1 }));
    await visit.window.go('usage');
    const bars = page.getByRole('figure', { name: /^Tokens per/ }).getByRole('img');
    await expect.poll(() => bars.count()).toBe(7);
    await bars.nth(4).hover();
    await page.mouse.down();
    await bars.nth(6).hover();
    await page.mouse.up();
    await expect.poll(() => bars.count()).toBe(3);
    await page.getByRole('button', { name: 'Show all' }).waitFor();
    await bars.first().focus();
    await page.keyboard.press('Escape');
    await expect.poll(() => bars.count()).toBe(7);
  });

  test('hours of the week and response times can be read by keyboard', async () => {
    const { page } = visit.window;
    await addRequests(visit.server, [storedRequest(Date.now() - 60_000, { total_ms: 1500 })]);
    await visit.server.api('POST', '/usage/import', usageExport('sk-first-0001aaaa', { 'claude-x': 3 }));
    await visit.window.go('usage');
    const heat = page.getByRole('figure', { name: 'Requests by hour and weekday' });
    await heat.getByRole('img').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    expect(await heat.locator('figcaption').textContent()).toMatch(/^Tuesday, 23:00–00:00: /);
    const times = page.getByRole('figure', { name: /half of the requests are faster/ });
    await times.locator('[tabindex="0"]').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await times.locator('.chart-values').waitFor();
    const said = await times.getByRole('img').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
    expect(said.filter((words) => words?.includes('Half are faster 1.'))).toHaveLength(1);
    expect(await findingsOf(page)).toEqual([]);
  });

  test('each bar of the usage chart tells its values', async () => {
    const { page } = visit.window;
    await visit.server.api('POST', '/usage/import', usageExport('sk-first-0001aaaa', { 'claude-x': 1, 'gpt-y': 1 }));
    await visit.window.go('usage');
    const chart = page.getByRole('figure', { name: /^Tokens per day by model/ });
    const bars = chart.getByRole('img');
    await expect.poll(() => bars.count()).toBe(7);
    const today = bars.last();
    expect(await today.getAttribute('aria-label')).toMatch(/: claude-x 5,900, gpt-y 5,900$/);
    const values = chart.locator('.chart-values');

    // One stop of the Tab key; from there arrows, Home and End.
    await bars.first().focus();
    await page.keyboard.press('End');
    await expect.poll(() => today.evaluate((bar) => bar === document.activeElement)).toBe(true);
    expect(await values.textContent()).toContain('11,800');
    await page.keyboard.press('ArrowLeft');
    expect(await values.locator('.num').first().textContent()).toBe('0');
    expect(await findingsOf(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await values.waitFor({ state: 'detached' });
    expect(await chart.locator('[tabindex="0"]').count()).toBe(1);

    await today.hover();
    await values.waitFor();
    expect(await values.textContent()).toContain('claude-x');
  });
});
