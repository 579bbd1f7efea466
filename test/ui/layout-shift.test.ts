// Pages stand still while they load: what comes later has its place from the start.
import { expect, test } from 'vitest';
import { openWindow } from './support/browser.ts';
import { startSampleServer } from './support/sample-server.ts';
import { type View, views } from './support/views.ts';

const sample = startSampleServer();

/** A tenth of what the web counts as good. */
const maxShift = 0.01;
const isPage = ({ open, path }: View) => open === undefined && !/^(accounts|files|providers|settings)\//.test(path);

test.each(views.filter(isPage).map(({ path, ready }) => [path, ready] as const))('%s', async (path, ready) => {
  const { page, close } = await openWindow(sample.browser, sample.server, { path });
  await page
    .locator(ready ?? 'h1')
    .first()
    .waitFor();
  const shifts = await page.evaluate(async () => {
    await document.fonts.ready;
    const seen: string[] = [];
    let sum = 0;
    interface Shift extends PerformanceEntry {
      readonly value: number;
      readonly sources: readonly { readonly node: Node | null }[];
    }
    const count = (entries: PerformanceEntryList) => {
      for (const { value, sources } of entries as Shift[]) {
        sum += value;
        seen.push(`${value.toFixed(4)} ${sources.map(({ node }) => (node as Element | null)?.className).join(', ')}`);
      }
    };
    const observer = new PerformanceObserver((list) => count(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    // Entries of what was drawn last come with the next frames.
    for (let frames = 0; frames < 3; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    count(observer.takeRecords());
    return { sum, seen };
  });
  await close();
  expect(shifts.sum, shifts.seen.join('\n')).toBeLessThan(maxShift);
});
