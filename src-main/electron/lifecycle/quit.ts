// What closing the window and quitting mean: the window goes to the tray, the program ends only when it is told to.
import { app, dialog, powerMonitor } from 'electron';
import type { AppHost } from '../app-host/app-host.ts';
import type { DesktopSettings } from '../settings/desktop-settings.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import type { MainWindow } from '../window/main-window.ts';

export interface QuitOptions {
  readonly window: MainWindow;
  readonly appHost: AppHost;
  readonly settings: DesktopSettings;
  readonly text: DesktopText;
  /** Whether there is a tray to come back from. */
  readonly canHide: boolean;
  readonly say: (title: string, body: string) => void;
  /** The program has ended; what is left of the shell goes. */
  readonly onEnd: () => void;
  readonly onUnexpected: (error: unknown) => void;
}

/** The person closes the window: as preferred, it is put away, or the program quits. */
export function closeWindow(options: QuitOptions): void {
  const { onClose } = options.settings.preferences;
  if (onClose === 'quit') app.quit();
  else if (onClose === 'ask') void ask(options);
  else putAway(options);
}

async function ask(options: QuitOptions): Promise<void> {
  const { text, window } = options;
  const question = {
    message: text.closeQuestion,
    detail: text.closeDetail,
    buttons: [text.closeKeep, text.closeQuit, text.cancel],
    defaultId: 0,
    cancelId: 2,
  };
  const parent = window.native;
  const { response } = await (parent ? dialog.showMessageBox(parent, question) : dialog.showMessageBox(question));
  if (response === 0) putAway(options);
  if (response === 1) app.quit();
}

/** Without a tray the window is minimised: hidden, it could not be found again. */
function putAway({ window, settings, text, canHide, say }: QuitOptions): void {
  if (!canHide) {
    window.minimize();
    return;
  }
  window.hide();
  if (settings.get('closeNoticeShown')) return;
  settings.set('closeNoticeShown', true);
  say(text.firstClose, text.firstCloseDetail);
}

/** Whoever asks for the end, running writes and requests are finished first. */
export function quitGracefully({ window, appHost, onEnd, onUnexpected }: QuitOptions): void {
  let phase: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    window.leave();
    if (phase === 'closed') return;
    event.preventDefault();
    if (phase === 'closing') return;
    phase = 'closing';
    appHost
      .close()
      .catch(onUnexpected)
      .then(() => {
        phase = 'closed';
        onEnd();
        app.quit();
      })
      .catch(onUnexpected);
  });
  // Without a listener Electron quits with the last window.
  app.on('window-all-closed', () => {});
  powerMonitor.on('shutdown', () => app.quit());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
}
