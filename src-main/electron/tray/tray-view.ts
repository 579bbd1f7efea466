// The tray icon as a function of the state: whatever changes, it is rendered as a whole.
import {
  type KeyboardEvent,
  Menu,
  type MenuItemConstructorOptions,
  type NativeImage,
  nativeImage,
  Tray,
} from 'electron';
import type { DesktopText } from '../text/desktop-text.ts';
import type { TrayAction, TrayItem } from './tray-item.ts';
import { trayMenu } from './tray-menu.ts';
import type { TrayState } from './tray-state.ts';
import { accountsLine, statusLine, type TrayIcon, trayIcon } from './tray-status.ts';

export interface TrayViewOptions {
  readonly iconFile: (icon: TrayIcon) => string;
  readonly text: DesktopText;
  readonly onAction: (action: TrayAction) => void;
  readonly toggleWindow: () => void;
  readonly showWindow: () => void;
}

/** `&` marks a shortcut letter in menus of Windows and Linux; doubled it is an ampersand. */
const label = (text: string) => text.replaceAll('&', '&&');

export class TrayView {
  readonly #options: TrayViewOptions;
  readonly #tray: Tray;
  #state: TrayState;
  /** What is shown, so that nothing is set twice: on Linux every set menu closes the open one. */
  #shown = { icon: '', tooltip: '', menu: '' };

  constructor(options: TrayViewOptions, state: TrayState) {
    this.#options = options;
    this.#state = state;
    this.#tray = new Tray(this.#image());
    this.#listen();
    this.render(state);
  }

  render(state: TrayState): void {
    this.#state = state;
    const { text, iconFile } = this.#options;
    const icon = iconFile(trayIcon(state));
    const tooltip = `CLI Proxy Desktop\n${statusLine(state, text)}\n${accountsLine(state, text)}`;
    if (icon !== this.#shown.icon) this.#tray.setImage(this.#image());
    if (tooltip !== this.#shown.tooltip) this.#tray.setToolTip(tooltip);
    const menu = state.platform === 'linux' ? JSON.stringify(trayMenu(state, text)) : '';
    // AppIndicator shows only a menu that was set, and sees no change of its items: a new one must be set.
    if (menu !== this.#shown.menu) this.#tray.setContextMenu(this.#menu());
    this.#shown = { icon, tooltip, menu };
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #listen(): void {
    const { platform } = this.#state;
    const { toggleWindow, showWindow } = this.#options;
    if (platform === 'linux') {
      this.#tray.on('click', showWindow);
      return;
    }
    // Else the system waits for a second click before it tells the first.
    if (platform === 'darwin') this.#tray.setIgnoreDoubleClickEvents(true);
    const popUp = () => this.#tray.popUpContextMenu(this.#menu());
    this.#tray.on('right-click', popUp);
    this.#tray.on('click', ({ altKey }: KeyboardEvent) => {
      if (platform === 'win32') toggleWindow();
      else if (altKey) showWindow();
      else popUp();
    });
  }

  #menu(): Menu {
    return Menu.buildFromTemplate(trayMenu(this.#state, this.#options.text).map((item) => this.#native(item)));
  }

  #native(item: TrayItem): MenuItemConstructorOptions {
    if (item.kind === 'separator') return { type: 'separator' };
    if (item.kind === 'label') return { label: label(item.label), enabled: false };
    if (item.kind === 'menu') {
      return { label: label(item.label), submenu: item.items.map((below) => this.#native(below)) };
    }
    const click = () => this.#options.onAction(item.action);
    if (item.kind === 'item') {
      return { label: label(item.label), click, ...(item.accelerator && { accelerator: item.accelerator }) };
    }
    // The system ticks a clicked item by itself; the rendered state, which may differ, has the last word.
    return {
      type: item.kind === 'check' ? 'checkbox' : 'radio',
      label: label(item.label),
      checked: item.checked,
      click,
    };
  }

  #image(): NativeImage {
    const image = nativeImage.createFromPath(this.#options.iconFile(trayIcon(this.#state)));
    if (this.#state.platform === 'darwin') image.setTemplateImage(true);
    return image;
  }
}
