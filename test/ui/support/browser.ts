// The real Chromium on the built page. Whatever the page asks of anyone but its own server, and every finding of its
// security policy, is collected for the tests to look at.
import bundled from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type LaunchOptions, type Page } from 'playwright-core';
import { answer } from '../../../src-main/operations/response.ts';
import type { Preferences } from '../../../src-shared/desktop-contract.ts';
import type { Reply } from '../../../src-shared/problem.ts';
import { managementKey, type TestServer } from './server.ts';

/** How Chromium is started; `args` are further switches. */
export async function browserOptions(args: readonly string[] = []): Promise<LaunchOptions> {
  return {
    executablePath: process.env.CHROMIUM_PATH ?? (await bundled.executablePath()),
    args: ['--no-sandbox', ...args],
  };
}

/** A browser of its own, for what does not run with the tests. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch(await browserOptions(args));
}

export interface WindowOptions {
  readonly path?: string;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-CN';
  readonly size?: { readonly width: number; readonly height: number };
  /** Opens the page without giving the key. HTTP only. */
  readonly locked?: boolean;
}

export interface TestWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong in the page: errors, policy findings, requests to strangers. Empty at the end of every test. */
  readonly findings: readonly string[];
  /** Goes to a page of the window without loading it again. */
  readonly go: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A window on a server: over the bridge where the app runs in this process, else over HTTP. */
export async function openWindow(
  browser: Browser,
  server: TestServer,
  options: WindowOptions = {},
): Promise<TestWindow> {
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1180, height: 760 },
    colorScheme: options.theme ?? 'light',
    locale: options.language === 'zh-CN' ? 'zh-CN' : 'en-US',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const findings: string[] = [];
  page.on('pageerror', (error) => findings.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refused call is an answer that the page shows; the browser prints it besides.
    const expected = /Failed to load resource|net::ERR_/.test(message.text());
    if (message.type() === 'error' && !expected) findings.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(server.address) && !/^(data|blob):/.test(url)) findings.push(`request to ${url}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  if (server.app) await buildBridge(page, server);
  else if (!options.locked) {
    await page.addInitScript((key) => {
      // Before the first document there is no storage.
      if (location.protocol.startsWith('http')) sessionStorage.setItem('cli-proxy-desktop.management-key', key);
    }, managementKey);
  }
  await page.goto(`${server.address}/management.html#/${options.path ?? 'home'}`);
  if (!options.locked) await page.getByRole('heading', { level: 1 }).waitFor();
  return {
    page,
    context,
    findings,
    go: async (path) => {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    close: () => context.close(),
  };
}

/** `window.bridge` as the preload script builds it, on the dispatch of the app in this process. */
async function buildBridge(page: Page, { app }: TestServer): Promise<void> {
  if (!app) return;
  const desktop = createDesktop();
  await page.exposeFunction('__call', (name: string, input: unknown): Promise<Reply<unknown>> => {
    if (name.startsWith('desktop.')) return Promise.resolve({ ok: true, value: desktop(name, input) });
    return answer(app.receive, name, input ?? undefined, { kind: 'window' }, (error) => console.error(error));
  });
  await page.exposeFunction('__listen', () => {
    const send = (event: unknown) => {
      page
        .evaluate((news) => (window as unknown as { __news: (news: unknown) => void }).__news(news), event)
        .catch(() => {
          // The page is gone.
        });
    };
    const stop = app.onEvent(send);
    page.once('close', stop);
    for (const event of app.snapshot()) send(event);
  });
  await page.addInitScript(() => {
    const own = window as unknown as {
      __call: (name: string, input: unknown) => Promise<unknown>;
      __listen: () => Promise<void>;
      __news: (event: unknown) => void;
      bridge: unknown;
    };
    const listeners = new Set<(event: unknown) => void>();
    own.__news = (event) => {
      for (const listener of listeners) listener(event);
    };
    own.bridge = {
      call: own.__call,
      listen: (listener: (event: unknown) => void) => {
        listeners.add(listener);
        void own.__listen();
        return () => listeners.delete(listener);
      },
    };
  });
}

/** Stands for the desktop: the rim of the program, which needs Electron. */
function createDesktop(): (name: string, input: unknown) => unknown {
  const done = { status: 'ok' };
  let preferences: Preferences = {
    startAtLogin: false,
    startHidden: false,
    onClose: 'keep',
    language: 'system',
    notifications: {
      'server-failed': true,
      'login-finished': true,
      'account-needs-login': true,
      'config-broken': true,
      'remote-blocked': true,
      'limit-warning': true,
      'limit-reached': true,
      'limit-renewed': true,
      'requests-failing': true,
      'history-damaged': true,
      'request-log-large': true,
      'update-ready': true,
    },
    colouredTrayIcon: false,
    updateFeed: '',
  };
  return (name, input) => {
    if (name === 'desktop.preferences.set') preferences = { ...preferences, ...(input as Partial<Preferences>) };
    if (name.startsWith('desktop.preferences')) return preferences;
    return name === 'desktop.management-key.state' ? { kept: true, hint: 'mk-••••-51d0' } : done;
  };
}
