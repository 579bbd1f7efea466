// What axe finds on a page, light and dark.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules about colours: all else is the same document in both themes. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** One line per kind of finding. Leaves the page dark. */
export async function findingsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor({ state: 'attached' });
    // Without it a second page puts the results of frames together, of which the window has none.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const { violations } = await (theme === 'light' ? axe.withTags(tags) : axe.withRules(colourRules)).analyze();
    for (const { id, nodes } of violations) {
      const [first] = nodes;
      found.push(`${theme}: ${id} ×${nodes.length} ${first?.target} ${first?.failureSummary?.slice(0, 200)}`);
    }
  }
  return found;
}
