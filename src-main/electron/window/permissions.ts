// The page gets no permission of the browser but to write to the clipboard: its copy buttons do that.
import type { Session } from 'electron';
import { isPageUrl, pageOrigin } from './app-protocol.ts';

const granted = 'clipboard-sanitized-write';

export function restrictPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(permission === granted && isPageUrl(contents.getURL())),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === granted && origin.replace(/\/$/, '') === pageOrigin,
  );
}
