// A server with many entries of every kind, and a window on it.
import { launchBrowser, openWindow, type TestWindow } from '../../../test/ui/support/browser.ts';
import { startServer, type TestServer } from '../../../test/ui/support/server.ts';
import { usageExport } from '../../../test/ui/support/usage-export.ts';

const fill = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, index) => make(index));

const providers = fill(
  200,
  (index) => `  - {name: relay-${index}, base-url: "http://127.0.0.1:9/v1", api-key-entries: [{api-key: sk-${index}}]}`,
);
const lines = fill(100_000, (index) => `[2026-11-25 10:00:00] [info] [server.ts] line ${index} of a long log`);
const accounts = Object.fromEntries(
  fill(2000, (index) => {
    const type = index % 2 ? 'claude' : 'codex';
    return [`${type}-user${index}@example.com.json`, JSON.stringify({ type, email: `user${index}@example.com` })];
  }),
);
const config = [
  'usage-statistics-enabled: true',
  'logging-to-file: true',
  'api-keys: [sk-first-0001aaaa]',
  'openai-compatibility:',
  ...providers,
  '',
].join('\n');
/** 10,000 requests. */
const usage = () => usageExport('sk-first-0001aaaa', { a: 5000, b: 3000, c: 2000 }, 60_000);

/** Gives `use` a window on 2,000 account files, 200 providers, 100,000 log lines and 10,000 usage details. */
export async function withLargeServer<T>(use: (window: TestWindow) => Promise<T>): Promise<T> {
  const server = await startServer('http', { config, accounts, log: `${lines.join('\n')}\n` });
  await server.api('POST', '/usage/import', usage());
  return withWindow(server, use);
}

/** Gives `use` a window on `server`, and ends both. */
export async function withWindow<T>(server: TestServer, use: (window: TestWindow) => Promise<T>): Promise<T> {
  const browser = await launchBrowser();
  try {
    return await use(await openWindow(browser, server, { path: 'help/shortcuts' }));
  } finally {
    await browser.close();
    await server.stop();
  }
}
