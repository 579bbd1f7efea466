// The two channels between the window and the program. Everything a page can ask for passes here.
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { AppEvent } from '../../../src-shared/events.ts';
import type { Actor } from '../../../src-shared/operation.ts';
import type { Reply } from '../../../src-shared/problem.ts';
import type { Receive } from '../../operations/dispatch.ts';
import { answer } from '../../operations/response.ts';
import { isPageUrl } from '../window/app-protocol.ts';

export const channels = { call: 'call', event: 'event' } as const;

export interface IpcOptions {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  /** The window's contents; nobody else may call. */
  readonly contents: () => WebContents | undefined;
  readonly app: Receive;
  readonly desktop: Receive;
  readonly onUnexpected: (error: unknown) => void;
}

const actor: Actor = { kind: 'window' };
const rejected: Reply<never> = { ok: false, code: 'unknown_operation', message: 'Only the window may ask for this.' };

/** Our window, our page in it, and no frame inside that page. */
function isTrusted({ sender, senderFrame }: IpcMainInvokeEvent, contents: WebContents | undefined): boolean {
  if (sender !== contents || senderFrame === null) return false;
  return senderFrame === sender.mainFrame && isPageUrl(senderFrame.url);
}

export function handleIpc({ ipcMain, contents, app, desktop, onUnexpected }: IpcOptions): void {
  ipcMain.handle(channels.call, (event, name: unknown, input: unknown) => {
    if (!isTrusted(event, contents())) return rejected;
    const receive = typeof name === 'string' && name.startsWith('desktop.') ? desktop : app;
    return answer(receive, name, input, actor, onUnexpected);
  });
}

/** Events reach the page only once it has asked for them, and only while it is our page. */
export function sendEvent(contents: WebContents | undefined, event: AppEvent): void {
  if (contents === undefined || contents.isDestroyed() || !isPageUrl(contents.getURL())) return;
  contents.send(channels.event, event);
}
