// The end of the person's session: the computer is switched off or the person logs off.
import { BaseWindow, powerMonitor } from 'electron';

/** The event of `powerMonitor` has this method, though the typings of Electron leave it out. */
interface ShutdownEvent {
  preventDefault(): void;
}

/** Delays the end of the session until the program has ended; `quit` must end it soon. */
export function delaySessionEnd(platform: NodeJS.Platform, quit: () => void): void {
  const delay = (event: ShutdownEvent) => {
    event.preventDefault();
    quit();
  };
  if (platform === 'win32') delayOnWindows(delay);
  else powerMonitor.on('shutdown', (...[event]: unknown[]) => delay(event as ShutdownEvent));
}

/** On Windows only windows are told, and the app may have none: this one is never shown and has no page. */
function delayOnWindows(delay: (event: ShutdownEvent) => void): void {
  const window = new BaseWindow({ show: false, width: 1, height: 1, skipTaskbar: true, focusable: false });
  window.on('query-session-end', (event) => delay(event));
}
