// A real page behind a stand-in window: our schemes answered by the program, everything else forbidden.
import { readFileSync } from 'node:fs';
import bundled from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page, type Route } from 'playwright-core';
import { endings } from './app.ts';
import { hostBinding, isolatedScript, pageScript, worldName } from './preload-world.ts';
import { fromWire, toWire, violation } from './strict.ts';
import { schemes } from './system.ts';

/** Chromium knows no schemes of ours: `app://window` is served as `https://window.app`, a secure origin like it. */
const outer = (address: string) => address.replace(/^(\w+):\/\/([\w-]+)/, 'https://$2.$1');
const inner = (address: string) => address.replace(/^https:\/\/([\w-]+)\.(\w+)/, '$2://$1');

let browser: Promise<Browser> | undefined;

async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || (await bundled.executablePath());
  const started = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  endings.push(() => started.close());
  return started;
}

export interface PageRules {
  readonly preload: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly onInvoke: (channel: string, args: readonly unknown[]) => Promise<unknown>;
  /** The page wants to go elsewhere; whether it may. */
  readonly mayNavigate: (address: string) => boolean;
  /** The page opens a window. */
  readonly onOpen: (address: string) => void;
  readonly onNavigated: (address: string) => void;
}

export class BrowserPage {
  readonly page: Page;
  readonly #cdp: CDPSession;
  readonly #rules: PageRules;
  /** The isolated world of the present document. */
  #world: number | undefined;
  #expected = '';

  private constructor(page: Page, cdp: CDPSession, rules: PageRules) {
    this.page = page;
    this.#cdp = cdp;
    this.#rules = rules;
  }

  static async open(rules: PageRules): Promise<BrowserPage> {
    browser ??= launch();
    const context = await (await browser).newContext({
      viewport: rules.size,
      locale: process.env.STAND_IN_LOCALE ?? 'en-US',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const cdp = await context.newCDPSession(page);
    const self = new BrowserPage(page, cdp, rules);
    await self.#prepare(context);
    return self;
  }

  async load(address: string): Promise<void> {
    this.#expected = outer(address);
    await this.page.goto(this.#expected);
  }

  async reload(): Promise<void> {
    this.#expected = this.page.url();
    await this.page.reload();
  }

  send(channel: string, args: readonly unknown[]): void {
    if (this.#world !== undefined) this.#toWorld(this.#world, { kind: 'send', channel, args });
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  async #prepare(context: BrowserContext): Promise<void> {
    const { preload, onOpen, onNavigated } = this.#rules;
    this.#cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === hostBinding) void this.#fromWorld(executionContextId, payload);
    });
    this.#cdp.on('Runtime.executionContextCreated', ({ context: { id, name } }) => {
      if (name === worldName) this.#world = id;
    });
    await this.#cdp.send('Page.enable');
    await this.#cdp.send('Runtime.enable');
    await this.#cdp.send('Runtime.addBinding', { name: hostBinding, executionContextName: worldName });
    await this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript });
    await this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedScript(readFileSync(preload, 'utf8')),
      worldName,
    });
    await context.route('**/*', (route) => this.#answer(route));
    context.on('page', (opened) => {
      void opened.waitForURL(/./).then(
        () => onOpen(opened.url()),
        () => onOpen(opened.url()),
      );
      void opened.close();
    });
    this.page.on('framenavigated', (frame) => {
      if (frame === this.page.mainFrame()) onNavigated(inner(frame.url()));
    });
    this.page.on('pageerror', (error) => noted(`an error in the page: ${error.message}`));
    this.page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) noted(message.text());
    });
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = request.url();
    const isMain = request.isNavigationRequest() && request.frame() === this.page.mainFrame();
    if (request.isNavigationRequest() && request.frame().page() !== this.page) return route.abort('aborted');
    if (isMain && url !== this.#expected.split('#')[0] && !this.#rules.mayNavigate(inner(url))) {
      // Any other error would show an error page; this one leaves the page alone.
      return route.abort('aborted');
    }
    const address = inner(url);
    const handler = schemes.get(address.split(':')[0] as string);
    if (handler === undefined) {
      noted(`the page asks for ${url}`);
      return route.abort();
    }
    const response = await handler(new Request(address, { method: request.method() }) as never);
    const headers = Object.fromEntries(response.headers);
    if (isMain) refuseLaxPolicy(headers['content-security-policy']);
    return route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
  }

  async #fromWorld(world: number, payload: string): Promise<void> {
    const message = fromWire(payload) as {
      readonly kind: string;
      readonly id: number;
      readonly channel: string;
      readonly args: readonly unknown[];
      readonly message: string;
    };
    if (message.kind === 'violation') return noted(message.message);
    const reply = await this.#rules.onInvoke(message.channel, message.args).then(
      (value) => ({ value }),
      (error: Error) => ({ error: `Error invoking remote method '${message.channel}': ${error.message}` }),
    );
    this.#toWorld(world, { kind: 'reply', id: message.id, ...reply });
  }

  #toWorld(world: number, message: unknown): void {
    this.#cdp
      .send('Runtime.evaluate', { contextId: world, expression: `__fromMainProcess(${toWire(message)})` })
      // The document that asked may be gone by now.
      .catch(() => {});
  }
}

/** Notes a breach where throwing would reach nobody. */
function noted(what: string): void {
  try {
    violation(what);
  } catch {
    // It is on the list that every test looks at.
  }
}

function refuseLaxPolicy(policy = ''): void {
  const rules = Object.fromEntries(
    policy.split(';').map((rule) => {
      const [name = '', ...sources] = rule.trim().split(/\s+/);
      return [name, sources];
    }),
  );
  const scripts = rules['script-src'] ?? rules['default-src'];
  if (!['none', 'self'].some((word) => rules['default-src']?.join() === `'${word}'`))
    noted('the page has no strict CSP');
  if (scripts === undefined || scripts.some((source) => source !== "'self'")) noted(`scripts may come from ${scripts}`);
}
