// Which events deserve a notification of the system: few, each once, each with a place to go.

import type { Preferences } from '../../../src-shared/desktop-contract.ts';
import type { AppEvent } from '../../../src-shared/events.ts';
import { localDay } from '../../lib/time/local-time.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { shownSize } from '../tray/tray-menu.ts';

export type NotificationKind = keyof Preferences['notifications'];

export interface AppNotification {
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
  /** Where a click leads. */
  readonly place: string;
  /** Notices with the same name are shown once. */
  readonly once: string;
}

/** Logs beyond this while the request log is on are worth a word. */
const largeLogBytes = 500_000_000;

/** The notices of an event; `now` in milliseconds. */
export function notificationsFor(event: AppEvent, text: DesktopText, now: number): readonly AppNotification[] {
  switch (event.event) {
    case 'server':
      if (event.state !== 'failed') return [];
      return [
        {
          kind: 'server-failed',
          title: text.notificationServerFailed,
          body: event.message ?? '',
          place: 'home',
          once: `server-failed ${event.message}`,
        },
      ];
    case 'config-broken': {
      const { line, message } = event;
      const place = `config/${line}`;
      const body = text.notificationBrokenDetail(line);
      return [
        { kind: 'config-broken', title: text.notificationBroken, body, place, once: `broken ${line} ${message}` },
      ];
    }
    case 'login': {
      if (event.status !== 'ok' && event.status !== 'error') return [];
      const title = event.status === 'ok' ? text.notificationLoginDone : text.notificationLoginFailed;
      const common = { kind: 'login-finished' as const, place: 'accounts', once: `login ${event.state}` };
      return [{ ...common, title, body: event.error ?? event.provider }];
    }
    case 'accounts':
      return event.files
        .filter(({ status, disabled }) => status === 'error' && !disabled)
        .map(({ name, email, provider }) => ({
          kind: 'account-needs-login',
          title: text.notificationNeedsLogin,
          body: `${provider} ${email || name}`.trim(),
          place: 'accounts',
          once: `needs-login ${name} ${localDay(now)}`,
        }));
    default:
      return [];
  }
}

/** A word about logs that grow while whole requests are kept; once for each further 500 MB. */
export function requestLogNotification(bytes: number, text: DesktopText): AppNotification | undefined {
  const steps = Math.floor(bytes / largeLogBytes);
  if (steps === 0) return undefined;
  return {
    kind: 'request-log-large',
    title: text.notificationLogLarge,
    body: text.notificationLogLargeDetail(shownSize(bytes)),
    place: 'logs',
    once: `log ${steps}`,
  };
}

/** A word about a remote client that is shut out; the address is its own, no secret. */
export const blockedClientNotification = (address: string, text: DesktopText): AppNotification => ({
  kind: 'remote-blocked',
  title: text.notificationBlocked,
  body: text.notificationBlockedDetail(address),
  place: 'settings/remote-management/allow-remote',
  once: `blocked ${address}`,
});
