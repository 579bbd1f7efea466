// A window on a server of its own for each test, over one of the transports.
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openWindow, type TestWindow } from './browser.ts';
import { type ServerSetup, startServer, type TestServer, type TransportKind } from './server.ts';
import { connectBrowser } from './shared-browser.ts';

export const kinds: readonly TransportKind[] = ['http', 'ipc'];

/** Something of everything. */
export const sampleSetup = {
  config: [
    'debug: false # noisy',
    'logging-to-file: true',
    'usage-statistics-enabled: true',
    'request-retry: 1',
    'api-keys:',
    '  - sk-first-0001aaaa',
    '  - sk-second-0002bbbb',
    'openai-compatibility:',
    '  - name: relay-a',
    '    base-url: http://127.0.0.1:9/v1',
    '    custom: kept',
    '    api-key-entries:',
    '      - api-key: sk-relay-0000cccc',
    '',
  ].join('\n'),
  accounts: {
    'claude-a@example.com.json': '{"type":"claude","email":"a@example.com","access_token":"top-secret-token"}',
    'codex-b@example.com.json': '{"type":"codex","email":"b@example.com"}',
  },
};

type Role = Parameters<TestWindow['page']['getByRole']>[0];

export interface Visit {
  readonly server: TestServer;
  readonly window: TestWindow;
  readonly get: (role: Role, name: string | RegExp, exact?: boolean) => Locator;
  /** Switches by keyboard: the input lies invisibly under its track. */
  readonly flip: (name: string) => Promise<void>;
}

/** To be called inside a `describe`. After each test nothing may have gone wrong in the page. */
export function useVisit(kind: TransportKind, setup: ServerSetup = sampleSetup): Visit {
  let browser: Browser;
  let server: TestServer;
  let window: TestWindow;
  beforeAll(async () => {
    browser = await connectBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    server = await startServer(kind, setup);
    window = await openWindow(browser, server);
  });
  afterEach(async () => {
    const { findings } = window;
    await window.close();
    await server.stop();
    expect(findings).toEqual([]);
  });
  return {
    get server() {
      return server;
    },
    get window() {
      return window;
    },
    get: (role, name, exact = false) => window.page.getByRole(role, { name, exact }),
    flip: (name) => window.page.getByRole('switch', { name, exact: true }).press(' '),
  };
}
