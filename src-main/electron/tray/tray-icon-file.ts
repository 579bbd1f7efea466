// Which picture file shows a tray icon on a system. The files are made by scripts/tray-icons.mjs.
import type { Platform } from './tray-state.ts';
import type { TrayIcon } from './tray-status.ts';

export interface IconSurroundings {
  readonly platform: Platform;
  /** Of the panel the icon stands in, not of the windows. */
  readonly isPanelDark: boolean;
  readonly coloured: boolean;
}

/** A file name below `resources/tray`; Electron finds its larger versions (`@2x`) by itself. */
export function trayIconFile(icon: TrayIcon, { platform, isPanelDark, coloured }: IconSurroundings): string {
  if (platform === 'darwin') return `${icon}-16-Template.png`;
  const size = platform === 'linux' ? 22 : 16;
  if (coloured) return `${icon}-${size}-colour.png`;
  // Panels of Linux desktops are dark as a rule, and tell nobody when they are not.
  return `${icon}-${size}-${platform === 'linux' || isPanelDark ? 'white' : 'black'}.png`;
}
