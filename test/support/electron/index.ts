// A stand-in for the electron module: the parts that the program uses, on the Chromium of the tests.
import './control.ts';

export { app } from './app.ts';
export { BaseWindow } from './base-window.ts';
export { Menu, nativeImage, Tray } from './menu.ts';
export { net } from './net.ts';
export {
  autoUpdater,
  clipboard,
  dialog,
  Notification,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from './system.ts';
export { BrowserWindow, ipcMain } from './window.ts';
