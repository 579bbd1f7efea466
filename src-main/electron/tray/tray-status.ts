// The tray's state in words and as an icon.
import type { DesktopText } from '../text/desktop-text.ts';
import type { TrayState } from './tray-state.ts';

const hostOf = (url: string) => url.replace(/^[a-z0-9+.-]+:\/\//i, '').replace(/\/.*$/, '');

/** The first line: the server's state in words. Also the tooltip's first line. */
export function statusLine({ server }: TrayState, text: DesktopText): string {
  if (server.state === 'running') return text.running(hostOf(server.address));
  return text[server.state];
}

/** What needs the person, or how many accounts are ready. */
export function accountsLine({ accounts, broken }: TrayState, text: DesktopText): string {
  if (broken) return text.configBroken(broken.line);
  const parts = [
    ...(accounts.ready > 0 ? [text.accountsReady(accounts.ready)] : []),
    ...(accounts.needLogin > 0 ? [text.accountsNeedLogin(accounts.needLogin)] : []),
  ];
  return parts.join(', ') || text.noAccounts;
}

export type TrayIcon = 'running' | 'stopped' | 'attention' | 'debug';

/** Which of the four pictures the state calls for. */
export function trayIcon({ server, broken, accounts, settings }: TrayState): TrayIcon {
  if (server.state === 'failed' || broken || accounts.needLogin > 0) return 'attention';
  if (server.state !== 'running') return 'stopped';
  return settings.debug || settings['request-log'] ? 'debug' : 'running';
}
