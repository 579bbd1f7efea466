// axe on every page, dialog and drawer, in both themes and languages; keyboard and zoom where axe cannot look.
import { describe, expect, test } from 'vitest';
import { findingsOf } from './support/axe.ts';
import { openWindow } from './support/browser.ts';
import { startSampleServer } from './support/sample-server.ts';
import { resultsIn, views } from './support/views.ts';

const sample = startSampleServer();

describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
  test('no place has a finding, light or dark', { timeout: 240_000 }, async () => {
    const window = await openWindow(sample.browser, sample.server, { language });
    const { page } = window;
    await page.evaluate(() => {
      // Management calls of this very test are the only lines of the log.
      const name = 'cli-proxy-desktop.window';
      localStorage.setItem(name, JSON.stringify({ hideManagementCalls: false }));
    });
    await page.reload();
    const still = views.filter(({ listens }) => listens === undefined);
    const found = await resultsIn(window, still, findingsOf);
    await window.close();
    expect([...found, ...window.findings]).toEqual([]);
  });
});

test('the question for the key has no finding either', async () => {
  const window = await openWindow(sample.browser, sample.server, { locked: true });
  await window.page.getByLabel('Management key').waitFor();
  const found = await findingsOf(window.page);
  await window.close();
  expect(found).toEqual([]);
});

test('the keyboard reaches everything, in the order it is seen, and comes back to where a drawer was opened', async () => {
  const window = await openWindow(sample.browser, sample.server, { path: 'keys' });
  const { page } = window;
  await page.locator('.key-line').first().waitFor();
  const stops: string[] = [];
  for (let count = 0; count < 40; count += 1) {
    await page.keyboard.press('Tab');
    stops.push(
      await page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      ),
    );
  }
  const wanted = ['Home', 'Client keys', 'Help', 'Search or run a command', 'Hide email addresses and keys', 'New key'];
  const order = wanted.map((name) => stops.findIndex((stop) => stop.startsWith(name)));
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((a, b) => a - b));

  const generate = page.getByRole('button', { name: 'New key' });
  await generate.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await page.keyboard.press('Escape');
  await expect.poll(() => generate.evaluate((element) => element === document.activeElement)).toBe(true);
  await window.close();
});

test('nothing is cut off at twice the size in the smallest window', async () => {
  // 900 × 600 at 200 % is 450 × 300 in the page's own pixels.
  const window = await openWindow(sample.browser, sample.server, { size: { width: 450, height: 300 } });
  const wide: string[] = [];
  for (const path of ['home', 'accounts', 'providers', 'keys', 'usage', 'settings', 'help/doctor']) {
    await window.go(path);
    const overflow = await window.page.evaluate(() => {
      const scrolls = (element: Element | null): boolean => {
        for (let at = element; at; at = at.parentElement) {
          const { overflowX } = getComputedStyle(at);
          if (overflowX === 'auto' || overflowX === 'scroll') return true;
        }
        return false;
      };
      return [...document.querySelectorAll('button, a, input')]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element))
        .map((element) => element.textContent ?? '');
    });
    wide.push(...overflow.map((text) => `${path}: ${text}`));
  }
  await window.close();
  expect(wide).toEqual([]);
});

test('motion stops where it is not wanted', async () => {
  const window = await openWindow(sample.browser, sample.server);
  const durations = await window.page.evaluate(() =>
    [...document.querySelectorAll('*')].map((element) => getComputedStyle(element).transitionDuration),
  );
  await window.close();
  expect(new Set(durations)).toEqual(new Set(['0s']));
});
