// The one window: shown without a flash, closed into the tray, opened again where it was.
import { BrowserWindow, dialog, nativeTheme, type Screen, shell } from 'electron';
import type { DesktopSettings } from '../settings/desktop-settings.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { isPageUrl, pageUrl } from './app-protocol.ts';
import { contextMenu } from './context-menu.ts';
import { isDocumentationUrl } from './external-links.ts';
import { minSize, windowBounds } from './window-bounds.ts';

export interface MainWindowOptions {
  readonly preload: string;
  readonly icon: string;
  readonly screen: Screen;
  readonly settings: DesktopSettings;
  readonly text: DesktopText;
  /** The person closes the window. It stays open until this says otherwise. */
  readonly onClose: () => void;
  readonly onVisibility: (visible: boolean) => void;
  readonly log: (line: string) => void;
}

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** The last one changes nothing. */
  readonly buttons: readonly string[];
}

/** The page's own background, so that nothing flashes before it is drawn. */
const background = { light: '#ffffff', dark: '#18191b' } as const;

export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | undefined;
  #isCloseAllowed = false;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  /** The contents that IPC may trust; undefined while there is no window. */
  get contents(): BrowserWindow['webContents'] | undefined {
    return this.#window?.webContents;
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  get isVisible(): boolean {
    return (this.#window?.isVisible() ?? false) && !this.#window?.isMinimized();
  }

  /** Asks with a native dialog, in front of the window if there is one. Gives the button's index; closing is the last. */
  async ask(question: Question): Promise<number> {
    const options = {
      ...question,
      buttons: [...question.buttons],
      defaultId: 0,
      cancelId: question.buttons.length - 1,
    };
    const parent = this.#window;
    const { response } = await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options));
    return response;
  }

  /** Shows the window, at a route of the page when one is named. */
  show(route?: string): void {
    if (this.#window === undefined) {
      this.#window = this.#create(route ?? 'home');
      return;
    }
    if (route !== undefined) this.#load(this.#window, route);
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
    this.#options.onVisibility(true);
  }

  hide(): void {
    this.#window?.hide();
    this.#options.onVisibility(false);
  }

  minimize(): void {
    this.#window?.minimize();
  }

  /** Loads the page again, at its present route. */
  reload(): void {
    this.#window?.webContents.reload();
  }

  /** From now on closing is final. */
  allowClose(): void {
    this.#isCloseAllowed = true;
  }

  #create(route: string): BrowserWindow {
    const { preload, icon, screen, settings } = this.#options;
    const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
    const window = new BrowserWindow({
      ...windowBounds(settings.get('bounds'), areas),
      minWidth: minSize.width,
      minHeight: minSize.height,
      show: false,
      title: 'CLI Proxy Desktop',
      icon,
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
      webPreferences: {
        preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
      },
    });
    if (settings.get('maximised')) window.maximize();
    this.#guard(window);
    window.once('ready-to-show', () => {
      window.show();
      this.#options.onVisibility(true);
    });
    window.on('close', (event) => this.#onClose(window, event));
    window.on('closed', () => {
      this.#window = undefined;
    });
    this.#load(window, route);
    return window;
  }

  #load(window: BrowserWindow, route: string): void {
    window.loadURL(pageUrl(route)).catch((error: Error) => {
      // A newer navigation puts an end to an older one; nothing is wrong then.
      if (!/ERR_ABORTED/.test(error.message)) this.#options.log(`the window's page cannot be loaded: ${error.message}`);
    });
  }

  /** The page stays our page: it opens no windows, goes nowhere else, embeds nothing. */
  #guard(window: BrowserWindow): void {
    const { webContents } = window;
    webContents.setWindowOpenHandler(({ url }) => {
      if (isDocumentationUrl(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
    webContents.on('will-navigate', (event) => {
      if (!isPageUrl(event.url)) event.preventDefault();
    });
    webContents.on('will-attach-webview', (event) => event.preventDefault());
    webContents.on('context-menu', (_event, parameters) =>
      contextMenu(parameters, this.#options.text)?.popup({ window }),
    );
    webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      this.#options.log(`the window's process ended: ${reason}, exit code ${exitCode}`);
      if (reason !== 'clean-exit') window.destroy();
    });
  }

  #onClose(window: BrowserWindow, event: { preventDefault(): void }): void {
    const { settings } = this.#options;
    settings.set('maximised', window.isMaximized());
    if (!window.isMaximized() && !window.isMinimized()) settings.set('bounds', window.getBounds());
    if (this.#isCloseAllowed) return;
    event.preventDefault();
    this.#options.onClose();
  }
}
