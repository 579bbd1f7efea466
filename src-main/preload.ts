// The bridge between the page and the program: it can call, and it can listen. Runs sandboxed, without Node.
import { contextBridge, ipcRenderer } from 'electron';
import type { AppEvent } from '../src-shared/events.ts';

contextBridge.exposeInMainWorld('bridge', {
  call: (name: string, input: unknown) => ipcRenderer.invoke('call', name, input),
  listen: (listener: (event: AppEvent) => void) => {
    const pass = (_: unknown, event: AppEvent) => listener(event);
    ipcRenderer.on('event', pass);
    // Called after subscribing, so that no change is lost between the snapshot and the first event.
    void ipcRenderer.invoke('call', 'desktop.listen', undefined);
    return () => ipcRenderer.removeListener('event', pass);
  },
});
