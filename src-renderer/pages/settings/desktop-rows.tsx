// Settings of the desktop app that need more than a choice: the tray icon and where updates come from.
import { Button, Switch, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { attempt } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { callDesktop } from '../../state/client.ts';
import type { SettingRow } from './section.ts';
import { useDesktopPreferences } from './use-desktop-preferences.ts';

export const desktopRows: readonly SettingRow[] = [
  {
    id: 'coloured-tray-icon',
    desktopOnly: true,
    name: (t) => t('settings.colouredTrayIcon'),
    note: (t) => t('settings.colouredTrayIconNote'),
    Control: ({ label }) => {
      const { value, set } = useDesktopPreferences();
      return (
        <Switch
          aria-label={label}
          checked={value?.colouredTrayIcon ?? false}
          onChange={(event) => void set({ colouredTrayIcon: event.currentTarget.checked })}
        />
      );
    },
  },
  {
    id: 'update-feed',
    desktopOnly: true,
    name: (t) => t('settings.updateFeed'),
    note: (t) => t('settings.updateFeedNote'),
    Control: UpdateFeed,
  },
];

function UpdateFeed({ label }: { readonly label: string }) {
  const t = useText();
  const { value, set } = useDesktopPreferences();
  const feed = value?.updateFeed ?? '';
  const [draft, setDraft] = useState(feed);
  useEffect(() => setDraft(feed), [feed]);
  const commit = async () => {
    const next = draft.trim();
    if (next !== feed && !(await set({ updateFeed: next }))) setDraft(feed);
  };
  return (
    <div className="wide row">
      <TextInput
        aria-label={label}
        className="grow"
        data-mono
        placeholder="https://"
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => void commit()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setDraft(feed);
        }}
      />
      <Button
        disabled={feed === ''}
        onClick={() => void attempt(t('settings.desktopFailed'), () => callDesktop('desktop.updates.check'))}
      >
        {t('settings.checkForUpdates')}
      </Button>
    </div>
  );
}
