// Electron's BaseWindow on Windows: what is told of the end of a session, and what became of it.
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { violation } from './strict.ts';

const windows: EventEmitter[] = [];

class StandInBaseWindow extends EventEmitter {
  constructor({ show }: Electron.BaseWindowConstructorOptions) {
    super();
    if (show !== false) violation('a window without a page is shown');
    windows.push(this);
  }
}

export { StandInBaseWindow as BaseWindow };

/** On Windows powerMonitor never tells of a shutdown. */
export const powerMonitor = new EventEmitter();

/** The person logs off; whether a window delays that. */
export function endSession(): boolean {
  let isDelayed = false;
  const preventDefault = () => {
    isDelayed = true;
  };
  for (const window of windows) window.emit('query-session-end', { reasons: ['logoff'], preventDefault });
  return isDelayed;
}
