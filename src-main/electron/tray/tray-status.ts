// The tray's state in words and as an icon.
import type { DesktopText } from '../text/desktop-text.ts';
import type { TrayState } from './tray-state.ts';

const hostOf = (url: string) => url.replace(/^[a-z0-9+.-]+:\/\//i, '').split('/', 1)[0] ?? '';

/** The first line: the server's state in words. Also the tooltip's first line. */
export function statusLine({ server }: TrayState, text: DesktopText): string {
  if (server.state === 'running') return text.running(hostOf(server.address));
  return text[server.state];
}

/** What needs the person, or how many accounts are ready. */
export function accountsLine({ accounts, invalid }: TrayState, text: DesktopText): string {
  if (invalid) return text.configInvalid(invalid.line);
  const parts = [
    ...(accounts.ready > 0 ? [text.accountsReady(accounts.ready)] : []),
    ...(accounts.needLogin > 0 ? [text.accountsNeedLogin(accounts.needLogin)] : []),
  ];
  return parts.join(', ') || text.noAccounts;
}

export type TrayIcon = 'running' | 'stopped' | 'attention' | 'debug';

/** Which of the four pictures the state calls for. */
export function trayIcon({ server, invalid, accounts, settings }: TrayState): TrayIcon {
  if (server.state === 'failed' || invalid || accounts.needLogin > 0) return 'attention';
  if (server.state !== 'running') return 'stopped';
  return settings.debug || settings['request-log'] ? 'debug' : 'running';
}
