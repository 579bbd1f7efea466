// Every view of the window: pages, tabs, and what opens over them.
import type { Page } from 'playwright-core';
import type { TestWindow } from './browser.ts';

export interface View {
  readonly name: string;
  readonly path: string;
  /** Opens what lies over the page; clicks are by place and role, so that they work in every language. */
  readonly open?: (window: TestWindow) => Promise<void>;
  /** A text pattern or selector that shows that all is there. */
  readonly ready?: string;
  /** It has the program listen on a login port, which the machine has only once. */
  readonly listens?: true;
}

export const views: readonly View[] = [
  { name: 'home', path: 'home', ready: '.chart-bar' },
  { name: 'accounts', path: 'accounts', ready: '.account' },
  { name: 'login', path: 'accounts/login/codex', ready: '[role=dialog]' },
  { name: 'login-terms', path: 'accounts/login/anthropic', ready: '[role=dialog] .terms' },
  { name: 'login-file', path: 'accounts/login/vertex', ready: '[role=dialog] .file-drop' },
  {
    name: 'login-running',
    path: 'accounts/login/codex',
    open: async ({ page }) => {
      // The sign-in page opens in a tab of its own; it is not ours.
      page.once('popup', (tab) => void tab.close());
      await page.locator('[role=dialog] [data-autofocus]').click();
    },
    // The port may be another program's; then the drawer says so.
    ready: '[role=dialog] :is(.progress, [role=alert])',
    listens: true,
  },
  {
    name: 'account-menu',
    path: 'accounts',
    open: ({ page }) => page.locator('.account button[aria-haspopup=menu]').first().click(),
    ready: '[role=menu]',
  },
  { name: 'files', path: 'files', ready: '.file-table tbody tr' },
  { name: 'file', path: `files/${encodeURIComponent('claude-name@example.com.json')}`, ready: '.file-content' },
  { name: 'providers', path: 'providers', ready: '.table' },
  {
    name: 'provider',
    path: 'providers',
    open: ({ page }) => page.locator('.table .plain').first().click(),
    ready: '.pairs',
  },
  {
    name: 'provider-key',
    path: 'providers/gemini',
    open: ({ page }) => page.locator('.page-head button').nth(1).click(),
    ready: '#entry-form',
  },
  { name: 'add-key', path: 'providers/openai/new', ready: '[role=dialog] .services li' },
  {
    name: 'paste',
    path: 'providers/claude',
    open: ({ page }) => page.locator('.page-head button').first().click(),
    ready: '#paste-form',
  },
  { name: 'keys', path: 'keys', ready: '.key-line' },
  {
    name: 'key',
    path: 'keys',
    open: ({ page }) => page.locator('.page-head button').click(),
    ready: '#key-form',
  },
  {
    name: 'key-policy',
    path: 'keys',
    open: ({ page }) => page.locator('.key-line .plain', { hasText: 'ci' }).click(),
    ready: '.limit-row',
  },
  { name: 'requests', path: 'requests', ready: '.request-table tr[data-id]' },
  {
    name: 'request',
    path: 'requests',
    open: ({ page }) => page.locator('.request-table tr[data-id]').nth(8).click(),
    ready: '[role=dialog] .try-track',
  },
  {
    name: 'request-unknown',
    path: 'requests',
    open: ({ page }) => page.locator('.request-table tr[data-id]', { hasText: 'codr' }).first().click(),
    ready: '[role=dialog] .model-choice',
  },
  {
    name: 'routing',
    path: 'requests',
    open: async ({ page }) => {
      await page.locator('.page-head button').first().click();
      await page.locator('.chain-line').first().click();
    },
    ready: '[role=dialog] .chain-form',
  },
  { name: 'tools', path: 'tools', ready: '.tool-halves' },
  { name: 'usage', path: 'usage', ready: '.chart-bar' },
  {
    name: 'usage-costs',
    path: 'usage',
    open: async ({ page }) => {
      await page.locator('.page-head label').nth(2).click();
      await page.locator('.chart-bar').nth(3).hover();
    },
    ready: '.chart-values, .chart-empty',
  },
  { name: 'logs', path: 'logs', ready: '.log-line' },
  { name: 'config', path: 'config', ready: '.cm-content' },
  { name: 'review', path: 'config', open: changeRetries, ready: '[role=dialog] .cm-line' },
  {
    name: 'form',
    path: 'config',
    open: async ({ page }) => {
      await page.locator('.cm-content').waitFor();
      await page.locator('.page-head label').first().click();
    },
    ready: '.config-form',
  },
  {
    name: 'history',
    path: 'config',
    // The desktop app has one button more before it.
    open: ({ page }) => page.locator('.page-head button').nth(-3).click(),
    ready: '[role=dialog] .diff-line',
  },
  { name: 'settings', path: 'settings', ready: '.setting' },
  {
    name: 'network',
    path: 'settings/host',
    open: ({ page }) => page.locator('#host label').last().click(),
    ready: '[role=dialog] .qr, [role=dialog] .network-part',
  },
  { name: 'backup', path: 'settings/backup/create', ready: '[role=dialog] input' },
  { name: 'restore', path: 'settings/backup/restore', ready: '[role=dialog] .file-drop' },
  { name: 'doctor', path: 'help/doctor', ready: '.col-check' },
  { name: 'api', path: 'help/api', ready: '.request-panel' },
  { name: 'shortcuts', path: 'help/shortcuts', ready: '.shortcuts' },
  { name: 'existing', path: 'help/existing', ready: '.existing :is(.state, .box)' },
  { name: 'about', path: 'help/about', ready: '.copyline' },
  {
    name: 'palette',
    path: 'home',
    open: ({ page }) => page.keyboard.press('Control+k'),
    ready: '.palette-list [role=option]',
  },
  { name: 'server-menu', path: 'home', open: ({ page }) => page.locator('.pill').click(), ready: '[role=menu]' },
];

/** Edits the text of the config and opens the review of it. */
async function changeRetries({ page }: TestWindow): Promise<void> {
  await page.locator('.cm-content').getByText('request-retry').click();
  await page.keyboard.press('End');
  await page.keyboard.type('0');
  await page.locator('.page-head button').last().click();
}

/** Goes to a place and waits until it is complete. */
export async function visit(window: TestWindow, { path, open, ready }: View): Promise<void> {
  await window.go(path);
  await open?.(window);
  if (ready) await window.page.locator(ready).first().waitFor();
}

/** Visits one place after the other; each result is headed by the place's name. */
export async function resultsIn(
  window: TestWindow,
  views: readonly View[],
  look: (page: Page) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const results: string[] = [];
  for (const view of views) {
    await visit(window, view);
    results.push(...(await look(window.page)).map((result) => `${view.name}: ${result}`));
    if (view.open || view.ready === '[role=dialog]' || view.name === 'file') await leave(window);
  }
  return results;
}

/** Closes what lies over the page. */
async function leave({ page }: TestWindow): Promise<void> {
  await page.keyboard.press('Escape');
  await page.locator('[role=dialog], [role=menu]').waitFor({ state: 'hidden' });
}
