import { Switch } from '@mantine/core';
import { type NotificationKind, notificationKinds } from './notification-kinds.ts';
import type { Section } from './section.ts';
import { useDesktopPreferences } from './use-desktop-preferences.ts';

const prefix = 'notification-';

export const notifications: Section = {
  id: 'notifications',
  desktopOnly: true,
  rows: notificationKinds.map((kind) => ({
    id: prefix + kind,
    name: (t) => t(`settings.notify.${kind}`),
    Control: NotificationSwitch,
  })),
};

function NotificationSwitch({ label, id }: { readonly label: string; readonly id: string }) {
  const kind = id.slice(prefix.length) as NotificationKind;
  const { value, set } = useDesktopPreferences();
  return (
    <Switch
      aria-label={label}
      checked={value?.notifications[kind] ?? false}
      onChange={(event) =>
        value && void set({ notifications: { ...value.notifications, [kind]: event.currentTarget.checked } })
      }
    />
  );
}
