// How a person is told of a new version and asked for it.
import type { AppNotification } from '../notifications/notifications.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import type { MainWindow } from '../window/main-window.ts';

export const updateNotification = (version: string, text: DesktopText, onClick: () => void): AppNotification => ({
  kind: 'update-ready',
  title: text.notificationUpdate,
  body: text.notificationUpdateDetail(version),
  route: 'settings',
  onClick,
  once: `update ${version}`,
});

export async function confirmUpdate(
  version: string,
  text: DesktopText,
  window: Pick<MainWindow, 'ask'>,
): Promise<boolean> {
  const buttons = [text.updateInstall, text.updateLater];
  return (
    (await window.ask({ message: text.updateQuestion(version), detail: text.updateQuestionDetail, buttons })) === 0
  );
}
