// The notices that webhooks get too, as notifications of the system.

import type { EventPayloads } from '../../../src-shared/events.ts';
import { isObject } from '../../../src-shared/json.ts';
import type { DesktopText } from '../text/desktop-text.ts';
import type { AppNotification } from './notifications.ts';

type Notice = EventPayloads['notice'];

const memberOf = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);

/** None for what has an event of its own: broken configs, sign-ins, updates. */
export function noticeNotifications({ type, created_at, data }: Notice, text: DesktopText): readonly AppNotification[] {
  const once = `${type} ${created_at}`;
  switch (type) {
    case 'limit-warning':
    case 'limit-reached':
    case 'limit-renewed': {
      const title = {
        'limit-warning': text.notificationLimitWarning,
        'limit-reached': text.notificationLimitReached,
        'limit-renewed': text.notificationLimitRenewed,
      }[type];
      const account = String(memberOf(data, 'account', 'name') ?? '');
      const window = String(memberOf(data, 'window', 'label') ?? memberOf(data, 'window', 'id') ?? '');
      const body = text.notificationLimitDetail(account, window);
      // Two accounts can reach a limit in the same millisecond.
      return [{ kind: type, title, body, route: 'accounts', once: `${once} ${body}` }];
    }
    case 'requests-failing': {
      const [failed, requests] = [Number(memberOf(data, 'failed')), Number(memberOf(data, 'requests'))];
      const body = text.notificationFailingDetail(failed, requests);
      return [{ kind: type, title: text.notificationFailing, body, route: 'requests?show=failed', once }];
    }
    case 'history-damaged':
      return [
        {
          kind: type,
          title: text.notificationHistoryDamaged,
          body: text.notificationHistoryDamagedDetail,
          route: 'help/doctor',
          once,
        },
      ];
    case 'history-unavailable':
      return [
        {
          kind: 'history-damaged',
          title: text.notificationHistoryUnavailable,
          body: String(memberOf(data, 'reason') ?? ''),
          route: 'help/doctor',
          once,
        },
      ];
    default:
      return [];
  }
}
