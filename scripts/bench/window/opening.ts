// How long pages take to open when there is much of everything.
import type { Figure, Measurement } from '../figures.ts';
import { withLargeServer } from './large-server.ts';

/** Pages, and what shows that one is complete. */
const pages = [
  ['home', '.figures'],
  ['accounts', '.account:nth-child(20)'],
  ['files', '.file-table tbody tr:nth-child(5)'],
  ['providers', '.table tbody tr:nth-child(200)'],
  ['keys', '.key-line'],
  ['usage', '.usage-details td'],
  ['logs', '.log-line'],
  ['config', '.cm-content'],
  ['settings', '.setting'],
] as const;

export const opening: Measurement = {
  title: 'Pages of the window with 2,000 accounts, 200 providers, 100,000 log lines and 10,000 usage details',
  run: () =>
    withLargeServer(async ({ page, go }) => {
      const figures: Figure[] = [];
      for (const [name, ready] of pages) {
        const open = async () => {
          const started = performance.now();
          await page.evaluate((hash) => {
            location.hash = hash;
          }, `#/${name}`);
          await page.locator(ready).first().waitFor();
          return performance.now() - started;
        };
        const first = await open();
        await go('help/shortcuts');
        // Its code and data are here now; what is left is drawing.
        const again = await open();
        await go('help/shortcuts');
        const note = `${again.toFixed(0)} ms when opened again`;
        figures.push({ name, value: first, unit: 'ms', goal: { atMost: 1000 }, note });
      }
      return figures;
    }),
};
