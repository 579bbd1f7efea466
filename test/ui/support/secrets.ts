// What of the sample's secrets stands in a page, in its text or its fields.
import type { Page } from 'playwright-core';
import { sampleSecrets } from './sample-world.ts';
import { managementKey } from './server.ts';

export async function secretsIn(page: Page): Promise<readonly string[]> {
  const content = await page.evaluate(() => {
    const typed = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value);
    return [document.documentElement.outerHTML, ...typed].join('\n');
  });
  return [...sampleSecrets, managementKey].filter((secret) => content.includes(secret));
}
