// What closing the window means, as the person prefers it: the server goes on in the tray, or the program quits.
import type { DesktopSettings } from '../settings/desktop-settings.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import type { MainWindow } from './main-window.ts';

export interface CloseWindowOptions {
  readonly window: MainWindow;
  readonly settings: DesktopSettings;
  readonly text: DesktopText;
  /** Whether there is a tray to come back from. */
  readonly hasTray: boolean;
  readonly showNotification: (title: string, body: string) => void;
  readonly quit: () => void;
}

export async function closeWindow(options: CloseWindowOptions): Promise<void> {
  const { onClose } = options.settings.preferences;
  const choice = onClose === 'ask' ? await ask(options) : onClose;
  if (choice === 'quit') options.quit();
  if (choice === 'keep') hide(options);
}

async function ask({ text, window }: CloseWindowOptions): Promise<'keep' | 'quit' | 'cancel'> {
  const response = await window.ask({
    message: text.closeQuestion,
    detail: text.closeDetail,
    buttons: [text.closeKeep, text.closeQuit, text.cancel],
  });
  return (['keep', 'quit'] as const)[response] ?? 'cancel';
}

/** Without a tray the window is minimized: hidden, it could not be found again. */
function hide({ window, settings, text, hasTray, showNotification }: CloseWindowOptions): void {
  if (!hasTray) {
    window.minimize();
    return;
  }
  window.hide();
  if (settings.get('closeNoticeShown')) return;
  settings.set('closeNoticeShown', true);
  showNotification(text.firstClose, text.firstCloseDetail);
}
