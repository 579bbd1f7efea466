// The bar charts: each bar's values can be read by pointer, keyboard and screen reader.
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { usageExport } from './support/usage-export.ts';
import { useVisit } from './support/visit.ts';

describe('over http', () => {
  const visit = useVisit('http');

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
