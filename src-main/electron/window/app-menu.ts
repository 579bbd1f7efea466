// The native menu of the application: the bar of macOS, and the keys for editing everywhere.
import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopText } from '../text/desktop-text.ts';
import type { Platform } from '../tray/tray-state.ts';

export interface AppMenuActions {
  readonly open: (place: string) => void;
  readonly saveDiagnostics: () => void;
  readonly quit: () => void;
}

export function appMenu(
  platform: Platform,
  text: DesktopText,
  { open, saveDiagnostics, quit }: AppMenuActions,
): MenuItemConstructorOptions[] {
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings: MenuItemConstructorOptions = {
    label: text.settings,
    accelerator: 'CommandOrControl+,',
    click: () => open('settings'),
  };
  const leave: MenuItemConstructorOptions = { label: text.quit, accelerator: 'CommandOrControl+Q', click: quit };
  return [
    {
      label: 'CLI Proxy Desktop',
      submenu:
        platform === 'darwin'
          ? [
              { role: 'about' },
              separator,
              settings,
              separator,
              { role: 'hide' },
              { role: 'hideOthers' },
              { role: 'unhide' },
              separator,
              leave,
            ]
          : [settings, separator, leave],
    },
    {
      label: text.menuEdit,
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        separator,
        { role: 'cut', label: text.editCut },
        { role: 'copy', label: text.editCopy },
        { role: 'paste', label: text.editPaste },
        { role: 'selectAll', label: text.editSelectAll },
      ],
    },
    {
      label: text.menuWindow,
      submenu: [
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        separator,
        { role: 'minimize' },
        { role: 'close' },
      ],
    },
    {
      label: text.menuHelp,
      submenu: [
        { label: text.menuDoctor, click: () => open('help/doctor') },
        { label: text.menuSaveDiagnostics, click: saveDiagnostics },
      ],
    },
  ];
}
