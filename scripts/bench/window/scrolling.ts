// Frames while long lists scroll.
import type { Page } from 'playwright-core';
import { type Measurement, percentile } from '../figures.ts';
import { withLargeServer } from './large-server.ts';

const frames = 180;
const lists = [
  { name: 'auth files, 2,000 rows', path: 'files', row: '.file-table tbody tr', scroller: '.file-scroll' },
  { name: 'logs, 100,000 lines', path: 'logs', row: '.log-line', scroller: '.log' },
] as const;

/** Milliseconds between frames while the wheel turns. */
async function frameTimes(page: Page, scroller: string): Promise<readonly number[]> {
  await page.locator(scroller).first().hover();
  const times = page.evaluate(
    (count) =>
      new Promise<readonly number[]>((resolve) => {
        const seen: number[] = [];
        let last = performance.now();
        const frame = (now: number) => {
          seen.push(now - last);
          last = now;
          if (seen.length <= count) requestAnimationFrame(frame);
          else resolve(seen.slice(1));
        };
        requestAnimationFrame(frame);
      }),
    frames,
  );
  for (let step = 0; step < frames / 3; step += 1) await page.mouse.wheel(0, step % 2 ? 900 : -600);
  return times;
}

export const scrolling: Measurement = {
  title: 'Frames while lists of the window scroll',
  run: () =>
    withLargeServer(async ({ page, go }) => {
      const figures = [];
      for (const { name, path, row, scroller } of lists) {
        await go(path);
        await page.locator(row).nth(5).waitFor();
        const p95 = percentile(await frameTimes(page, scroller), 0.95);
        // Frames come on a beat of 16.7 ms; two beats are 33.3.
        figures.push({ name: `${name}, p95`, value: p95, unit: 'ms', goal: { atMost: 33.4 } });
      }
      return figures;
    }),
};
