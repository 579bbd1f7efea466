// The hands and eyes of the person before the desktop: what a test can do to and see of the stand-in, over the
// channel to the parent process.
import type * as Electron from 'electron';
import type { Page } from 'playwright-core';
import { app } from './app.ts';
import { chooseInApplicationMenu, type SeenItem, theTray } from './menu.ts';
import { seenViolations } from './strict.ts';
import { answers, asked, clipboard, nativeTheme, powerMonitor } from './system.ts';
import { invoke, theWindow } from './window.ts';

export interface SeenTray {
  /** The picture's file name. */
  readonly image: string;
  readonly tooltip: string;
  /** The menu that is set, or else the one that is open. */
  readonly menu: readonly SeenItem[];
}

function tray(): NonNullable<typeof theTray> {
  if (theTray === undefined) throw new Error('there is no tray');
  return theTray;
}

function window(): NonNullable<typeof theWindow> {
  if (theWindow === undefined) throw new Error('there is no window');
  return theWindow;
}

type PageDeed = 'click' | 'fill' | 'press' | 'waitForSelector' | 'waitForFunction' | 'evaluate' | 'textContent';

export const hands = {
  tray: async (): Promise<SeenTray | undefined> =>
    theTray && {
      image: theTray.image.file.split('/').at(-1) as string,
      tooltip: theTray.tooltip,
      menu: (theTray.menu ?? theTray.open)?.seen() ?? [],
    },
  clickTray: async (button: 'click' | 'right-click', keys: { altKey?: boolean } = {}) => {
    tray().emit(button, { altKey: false, ...keys });
  },
  chooseInTray: async (...labels: readonly string[]) => {
    const { menu, open } = tray();
    const shown = menu ?? open;
    if (shown === undefined) throw new Error('no menu is shown');
    shown.choose(labels);
  },
  chooseInMenu: async (...labels: readonly string[]) => chooseInApplicationMenu(labels),
  window: async () => theWindow && { visible: theWindow.isVisible(), minimised: theWindow.isMinimized() },
  address: async () => theWindow?.contents.getURL(),
  closeWindow: async () => window().close(),
  lookAway: async () => window().lookAway(),
  page: async (deed: PageDeed, ...args: readonly unknown[]): Promise<unknown> => {
    const page = await window().page;
    const result: unknown = await (page[deed] as (...args: readonly unknown[]) => unknown).call(page, ...args);
    return ['evaluate', 'textContent'].includes(deed) ? result : undefined;
  },
  screenshot: async (path: string) => void (await ((await window().page) as Page).screenshot({ path })),
  asked: async () => ({
    ...asked,
    notifications: asked.notifications.map(({ title, body }) => ({ title, body })),
  }),
  clickNotification: async (index: number) => {
    asked.notifications.at(index)?.emit('click', {});
  },
  clipboard: async (text?: string) => {
    if (text !== undefined) await clipboard.writeText(text);
    return clipboard.readText();
  },
  answer: async (next: Partial<typeof answers>) => {
    Object.assign(answers, next);
  },
  darkPanel: async (on: boolean) => {
    nativeTheme.shouldUseDarkColorsForSystemIntegratedUI = on;
    nativeTheme.emit('updated');
  },
  quit: async () => app.quit(),
  /** The computer is switched off: whoever does not ask for a delay is ended at once. */
  shutDown: async () => {
    let isDelayed = false;
    const preventDefault = () => {
      isDelayed = true;
    };
    powerMonitor.emit('shutdown', { preventDefault });
    if (!isDelayed) process.kill(process.pid, 'SIGKILL');
  },
  openLink: async (link: string) => {
    app.emit('open-url', { preventDefault: () => {} }, link);
  },
  /** A call that does not come from the window's page. */
  forge: async (from: 'other window' | 'frame' | 'other page', name: unknown, input: unknown) => {
    const own = window().contents;
    const stranger = { getURL: () => own.getURL(), mainFrame: own.mainFrame } as Electron.WebContents;
    const frame = { url: own.mainFrame.url } as Electron.WebFrameMain;
    const sender = from === 'other window' ? stranger : window().webContents;
    const senderFrame = from === 'other window' ? own.mainFrame : frame;
    const { url } = own.mainFrame;
    if (from !== 'other page') return invoke({ sender, senderFrame }, 'call', [name, input]);
    Object.assign(own.mainFrame, { url: 'https://example.com/' });
    try {
      return await invoke({ sender, senderFrame: own.mainFrame }, 'call', [name, input]);
    } finally {
      Object.assign(own.mainFrame, { url });
    }
  },
  violations: async () => seenViolations(),
} as const;

export type Hands = typeof hands;

interface Order {
  readonly id: number;
  readonly deed: keyof Hands;
  readonly args: readonly unknown[];
}

if (process.send) {
  process.on('message', ({ id, deed, args }: Order) => {
    const run = hands[deed] as (...args: readonly unknown[]) => Promise<unknown>;
    run(...args).then(
      (value) => process.send?.({ id, value }),
      (error: Error) => process.send?.({ id, error: error.message }),
    );
  });
  process.on('disconnect', () => process.exit(1));
  process.channel?.unref();
}
