// What closing the window and quitting mean: the window goes to the tray, the program ends only when it is told to.
import { app, dialog, powerMonitor } from 'electron';
import type { Program } from './program.ts';
import type { SettingsStore } from './settings-store.ts';
import type { TrayText } from './tray-text.ts';
import type { MainWindow } from './window.ts';

export interface LeavingOptions {
  readonly window: MainWindow;
  readonly program: Program;
  readonly settings: SettingsStore;
  readonly text: TrayText;
  /** Whether there is a tray to come back from. */
  readonly canHide: boolean;
  readonly say: (title: string, body: string) => void;
  /** The program has ended; what is left of the shell goes. */
  readonly onEnd: () => void;
  readonly onUnexpected: (error: unknown) => void;
}

/** The person closes the window: as preferred, it is put away, or the program quits. */
export function closeWindow(options: LeavingOptions): void {
  const { onClose } = options.settings.preferences;
  if (onClose === 'quit') app.quit();
  else if (onClose === 'ask') void ask(options);
  else putAway(options);
}

async function ask(options: LeavingOptions): Promise<void> {
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
function putAway({ window, settings, text, canHide, say }: LeavingOptions): void {
  if (!canHide) {
    window.minimise();
    return;
  }
  window.hide();
  if (settings.get('closeNoticeShown')) return;
  settings.set('closeNoticeShown', true);
  say(text.firstClose, text.firstCloseDetail);
}

/** Whoever asks for the end, running writes and requests are finished first. */
export function quitGracefully({ window, program, onEnd, onUnexpected }: LeavingOptions): void {
  let phase: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    window.leave();
    if (phase === 'closed') return;
    event.preventDefault();
    if (phase === 'closing') return;
    phase = 'closing';
    program
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
