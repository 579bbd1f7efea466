// Measures the window in the real Chromium: frames while long lists scroll, and the heap over 5,000 events.
// Run on a quiet machine: node scripts/bench/window.ts
import { launchBrowser, openWindow, type TestWindow } from '../../test/window/support/browser.ts';
import { startServer, type TestServer } from '../../test/window/support/server.ts';

const frameLimitMs = 33;
const wantedShare = 0.95;
const wantedGrowth = 1.1;
const events = 5_000;

async function framesWhileScrolling({ page }: TestWindow, selector: string): Promise<number> {
  await page.locator(selector).first().hover();
  const frames = page.evaluate(
    () =>
      new Promise<readonly number[]>((resolve) => {
        const times: number[] = [];
        let last = performance.now();
        const frame = (now: number) => {
          times.push(now - last);
          last = now;
          if (times.length < 180) requestAnimationFrame(frame);
          else resolve(times.slice(1));
        };
        requestAnimationFrame(frame);
      }),
  );
  for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, step % 2 ? 900 : -600);
  const times = await frames;
  return times.filter((time) => time <= frameLimitMs + 1).length / times.length;
}

/** Lets the last answers arrive before the heap is read. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 2_000));

async function heapGrowth(window: TestWindow, server: TestServer): Promise<number> {
  const session = await window.context.newCDPSession(window.page);
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const change = async (count: number) => {
    for (let done = 0; done < count; done += 50) {
      const values = Array.from({ length: 50 }, (_, index) => (done + index) % 7);
      await Promise.all(values.map((value) => server.api('PUT', '/request-retry', { value })));
    }
  };
  // The first changes fill caches that then stay.
  await change(500);
  await settle();
  const before = await heap();
  await change(events);
  await settle();
  return (await heap()) / before;
}

const accounts = Object.fromEntries(
  Array.from({ length: 2000 }, (_, index) => [
    `claude-user${index}@example.com.json`,
    JSON.stringify({ type: 'claude', email: `user${index}@example.com` }),
  ]),
);
const lines = Array.from({ length: 100_000 }, (_, index) => `[2026-11-25 10:00:00] [info] [server.ts] line ${index}`);

const browser = await launchBrowser();
const long = await startServer('http', { config: 'logging-to-file: true\n', accounts, log: `${lines.join('\n')}\n` });
const lists = await openWindow(browser, long, { path: 'files' });
await lists.page.locator('.file-table tbody tr').nth(5).waitFor();
const files = await framesWhileScrolling(lists, '.file-scroll');
await lists.go('logs');
await lists.page.locator('.log-line').first().waitFor();
const logs = await framesWhileScrolling(lists, '.log');
await lists.close();
await long.stop();

const small = await startServer('http');
const home = await openWindow(browser, small);
const growth = await heapGrowth(home, small);
await home.close();
await small.stop();
await browser.close();

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
console.log(`frames of at most ${frameLimitMs} ms: auth files ${percent(files)}, logs ${percent(logs)}`);
console.log(`heap after ${events} events: ${percent(growth)} of before`);
if (files < wantedShare || logs < wantedShare || growth > wantedGrowth) process.exitCode = 1;
