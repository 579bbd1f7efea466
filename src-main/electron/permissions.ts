// The page gets no permission of the browser but to write to the clipboard: its copy buttons do that.
import type { Session } from 'electron';
import { isPageAddress, pageOrigin } from './app-page.ts';

const granted = 'clipboard-sanitized-write';

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === granted && isPageAddress(contents.getURL())),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === granted && origin.replace(/\/$/, '') === pageOrigin,
  );
}
