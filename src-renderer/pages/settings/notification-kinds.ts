// The kinds of system notifications, as the desktop contract has them; its values are not imported to keep zod out.
import type { Preferences } from '../../../src-shared/desktop-contract.ts';

export type NotificationKind = keyof Preferences['notifications'];

const all: Readonly<Record<NotificationKind, true>> = {
  'server-failed': true,
  'login-finished': true,
  'account-needs-login': true,
  'config-broken': true,
  'remote-blocked': true,
  'limit-warning': true,
  'limit-reached': true,
  'limit-renewed': true,
  'requests-failing': true,
  'history-damaged': true,
  'request-log-large': true,
  'update-ready': true,
};

export const notificationKinds = Object.keys(all) as readonly NotificationKind[];
