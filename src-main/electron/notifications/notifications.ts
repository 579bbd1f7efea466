// Which events are worth a notification of the system: few, each once, each with a route to open.

import type { Preferences } from '../../../src-shared/desktop-contract.ts';
import type { AppEvent } from '../../../src-shared/events.ts';
import { localDay } from '../../lib/time/local-time.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import { formatBytes } from '../tray/byte-size.ts';
import { noticeNotifications } from './notice-notifications.ts';

export type NotificationKind = keyof Preferences['notifications'];

export interface AppNotification {
  readonly kind: NotificationKind;
  readonly title: string;
  readonly body: string;
  /** The route in the window that a click opens. */
  readonly route: string;
  /** What a click does instead of opening the window. */
  readonly onClick?: () => void;
  /** Notifications with the same name are shown once. */
  readonly once: string;
}

/** While the request log is on, logs beyond this size are worth a notification. */
const largeLogBytes = 500_000_000;

/** The notifications of an event; `now` in milliseconds. */
export function notificationsFor(event: AppEvent, text: DesktopText, now: number): readonly AppNotification[] {
  switch (event.event) {
    case 'server':
      if (event.state !== 'failed') return [];
      return [
        {
          kind: 'server-failed',
          title: text.notificationServerFailed,
          body: event.message ?? '',
          route: 'home',
          once: `server-failed ${event.message}`,
        },
      ];
    case 'config-broken': {
      const { line, message } = event;
      const route = `config/${line}`;
      const body = text.notificationInvalidDetail(line);
      return [
        { kind: 'config-broken', title: text.notificationInvalid, body, route, once: `broken ${line} ${message}` },
      ];
    }
    case 'login': {
      if (event.status !== 'ok' && event.status !== 'error') return [];
      const title = event.status === 'ok' ? text.notificationLoginDone : text.notificationLoginFailed;
      const common = { kind: 'login-finished' as const, route: 'accounts', once: `login ${event.state}` };
      return [{ ...common, title, body: event.error ?? event.provider }];
    }
    case 'accounts':
      return event.files
        .filter(({ trouble, disabled }) => trouble === 'login' && !disabled)
        .map(({ name, email, provider }) => ({
          kind: 'account-needs-login',
          title: text.notificationNeedsLogin,
          body: `${provider} ${email || name}`.trim(),
          route: 'accounts',
          once: `needs-login ${name} ${localDay(now)}`,
        }));
    case 'notice':
      return noticeNotifications(event, text);
    default:
      return [];
  }
}

/** Logs that grow while whole requests are kept; once for each further 500 MB. */
export function requestLogNotification(bytes: number, text: DesktopText): AppNotification | undefined {
  const steps = Math.floor(bytes / largeLogBytes);
  if (steps === 0) return undefined;
  return {
    kind: 'request-log-large',
    title: text.notificationLogLarge,
    body: text.notificationLogLargeDetail(formatBytes(bytes)),
    route: 'logs',
    once: `log ${steps}`,
  };
}

/** A remote client that was banned; the address is its own, no secret. */
export const blockedClientNotification = (address: string, text: DesktopText): AppNotification => ({
  kind: 'remote-blocked',
  title: text.notificationBlocked,
  body: text.notificationBlockedDetail(address),
  route: 'settings/remote-management/allow-remote',
  once: `blocked ${address}`,
});
