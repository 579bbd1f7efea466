// Electron's BrowserWindow, webContents and ipcMain, on a page in Chromium.
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type * as Electron from 'electron';
import { app, closeAllWindows } from './app.ts';
import { BrowserPage } from './browser-page.ts';
import { cloned, strict, violation } from './strict.ts';
import { asked, permissions } from './system.ts';

type Invoked = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;
const handlers = new Map<string, Invoked>();

export const ipcMain = strict(
  'ipcMain',
  Object.assign(new EventEmitter(), {
    handle: (channel: string, handler: Invoked) => {
      if (handlers.has(channel)) violation(`the channel ${channel} has two handlers`);
      handlers.set(channel, handler);
    },
  } satisfies Partial<Electron.IpcMain>),
);

/** A call as it comes from a frame; its arguments and answer are clones. */
export async function invoke(
  event: Pick<Electron.IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  const answer = await handler(event as Electron.IpcMainInvokeEvent, ...cloned([...args], `arguments of ${channel}`));
  return cloned(answer, `the answer on ${channel}`);
}

type ContentsParts = Pick<Electron.WebContents, 'getURL' | 'isDestroyed' | 'send' | 'reload' | 'setWindowOpenHandler'>;
type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

class StandInContents extends EventEmitter implements ContentsParts {
  /** Known to the window, whose business it is to open and close it. */
  view: BrowserPage | undefined;
  readonly mainFrame = { url: '' } as Electron.WebFrameMain;
  openHandler: OpenHandler | undefined;
  #destroyed = false;

  getURL(): string {
    return this.mainFrame.url;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroyed(): void {
    this.#destroyed = true;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) violation('a message is sent to a destroyed window');
    this.view?.send(channel, cloned(args, `a message on ${channel}`));
  }

  reload(): void {
    void this.view?.reload();
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }
}

type WindowParts = Pick<
  Electron.BrowserWindow,
  | 'show'
  | 'hide'
  | 'focus'
  | 'close'
  | 'destroy'
  | 'minimize'
  | 'maximize'
  | 'restore'
  | 'isVisible'
  | 'isFocused'
  | 'isMinimized'
  | 'isMaximized'
  | 'getBounds'
  | 'loadURL'
>;

export let theWindow: StandInWindow | undefined;
closeAllWindows.run = () => {
  theWindow?.close();
  return theWindow === undefined;
};

function refuseUnsafe({ preload, ...wanted }: Electron.WebPreferences): string {
  const needed = { contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true } as const;
  for (const [name, value] of Object.entries(needed)) {
    if (wanted[name as keyof typeof needed] !== value) violation(`a window with ${name} other than ${value}`);
  }
  if (wanted.webviewTag || wanted.allowRunningInsecureContent || wanted.nodeIntegrationInSubFrames) {
    violation('a window with lax preferences');
  }
  if (!permissions.request || !permissions.check) violation('a window opens before permissions are denied');
  if (preload === undefined || !existsSync(preload)) violation(`there is no preload ${preload}`);
  return preload;
}

class StandInWindow extends EventEmitter implements WindowParts {
  readonly webContents: Electron.WebContents;
  readonly contents = new StandInContents();
  readonly #options: Electron.BrowserWindowConstructorOptions;
  readonly #opening: Promise<BrowserPage>;
  #visible: boolean;
  #focused = false;
  #minimized = false;
  #maximized = false;
  #loads = 0;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    if (!app.isReady()) violation('a window before ready');
    if (theWindow !== undefined) violation('a second window');
    const preload = refuseUnsafe(options.webPreferences ?? {});
    this.#options = options;
    this.#visible = options.show ?? true;
    this.webContents = strict('webContents', this.contents) as unknown as Electron.WebContents;
    this.#opening = BrowserPage.open({
      preload,
      size: { width: options.width ?? 800, height: options.height ?? 600 },
      onInvoke: (channel, args) =>
        invoke({ sender: this.webContents, senderFrame: this.contents.mainFrame }, channel, args),
      mayNavigate: (url) => this.#mayNavigate(url),
      onOpen: (url) => this.#open(url),
      onNavigated: (url) => Object.assign(this.contents.mainFrame, { url }),
    });
    void this.#opening.then((view) => {
      this.contents.view = view;
    });
    theWindow = this;
  }

  get page(): Promise<BrowserPage['page']> {
    return this.#opening.then(({ page }) => page);
  }

  async loadURL(url: string): Promise<void> {
    const view = await this.#opening;
    await view.load(url);
    this.#loads += 1;
    if (this.#loads === 1) this.emit('ready-to-show');
  }

  show(): void {
    this.#visible = true;
    this.#focused = true;
    this.emit('show');
  }

  hide(): void {
    this.#visible = false;
    this.#focused = false;
    this.emit('hide');
  }

  focus(): void {
    this.#focused = this.#visible;
  }

  /** Not Electron's: the person looks at another program. */
  lookAway(): void {
    this.#focused = false;
  }

  close(): void {
    let prevented = false;
    this.emit('close', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (!prevented) this.destroy();
  }

  destroy(): void {
    this.contents.destroyed();
    theWindow = undefined;
    void this.#opening.then((view) => view.close());
    this.emit('closed');
  }

  minimize(): void {
    this.#minimized = true;
    this.#focused = false;
  }

  maximize(): void {
    this.#maximized = true;
  }

  restore(): void {
    this.#minimized = false;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isFocused(): boolean {
    return this.#focused;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  getBounds(): Electron.Rectangle {
    const { x = 0, y = 0, width = 800, height = 600 } = this.#options;
    return { x, y, width, height };
  }

  #mayNavigate(url: string): boolean {
    let prevented = false;
    this.contents.emit('will-navigate', {
      url,
      preventDefault: () => {
        prevented = true;
      },
    });
    if (!prevented && !url.startsWith('app://')) violation(`the window went to ${url}`);
    return !prevented;
  }

  #open(url: string): void {
    const answer = this.contents.openHandler?.({ url } as Electron.HandlerDetails) ?? { action: 'allow' };
    if (answer.action !== 'deny') violation(`the page opened a window with ${url}`);
    asked.dialogs.push(`denied window ${url}`);
  }
}

export { StandInWindow as BrowserWindow };
