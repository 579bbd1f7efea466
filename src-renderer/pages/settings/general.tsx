import { SegmentedControl, Select, Switch } from '@mantine/core';
import type { Preferences } from '../../../src-shared/desktop-contract.ts';
import { useText } from '../../i18n/i18n.ts';
import { setPreference, usePreferences } from '../../state/preferences.ts';
import { desktopRows } from './desktop-rows.tsx';
import type { Section } from './section.ts';
import { useDesktopPreferences } from './use-desktop-preferences.ts';

export const general: Section = {
  id: 'general',
  rows: [
    {
      id: 'start-at-login',
      desktopOnly: true,
      name: (t) => t('settings.startAtLogin'),
      note: (t) => t('settings.startAtLoginNote'),
      Control: ({ label }) => {
        const { value, set } = useDesktopPreferences();
        return (
          <Switch
            aria-label={label}
            checked={value?.startAtLogin ?? false}
            onChange={(event) => void set({ startAtLogin: event.currentTarget.checked })}
          />
        );
      },
    },
    {
      id: 'on-close',
      desktopOnly: true,
      name: (t) => t('settings.onClose'),
      Control: ({ label }) => {
        const t = useText();
        const { value, set } = useDesktopPreferences();
        return (
          <SegmentedControl
            aria-label={label}
            data={(['keep', 'ask', 'quit'] as const).map((act) => ({ value: act, label: t(`settings.close.${act}`) }))}
            value={value?.onClose ?? 'keep'}
            onChange={(act) => void set({ onClose: act as Preferences['onClose'] })}
          />
        );
      },
    },
    ...desktopRows,
    {
      id: 'language',
      name: (t) => t('settings.language'),
      Control: ({ label }) => {
        const t = useText();
        return (
          <Select
            aria-label={label}
            className="wide"
            allowDeselect={false}
            data={[
              { value: 'system', label: t('settings.languageSystem') },
              { value: 'en', label: 'English' },
              { value: 'zh-CN', label: '简体中文' },
            ]}
            value={usePreferences().language}
            onChange={(value) => setPreference('language', (value ?? 'system') as 'system')}
          />
        );
      },
    },
    {
      id: 'theme',
      name: (t) => t('settings.theme'),
      Control: ({ label }) => {
        const t = useText();
        return (
          <SegmentedControl
            aria-label={label}
            data={(['auto', 'light', 'dark'] as const).map((value) => ({
              value,
              label: t(`settings.themes.${value}`),
            }))}
            value={usePreferences().theme}
            onChange={(value) => setPreference('theme', value as 'auto')}
          />
        );
      },
    },
    {
      id: 'contrast',
      name: (t) => t('settings.contrast'),
      note: (t) => t('settings.contrastNote'),
      Control: ({ label }) => (
        <Switch
          aria-label={label}
          checked={usePreferences().contrast}
          onChange={(event) => setPreference('contrast', event.currentTarget.checked)}
        />
      ),
    },
    {
      id: 'privacy',
      name: (t) => t('header.privacy'),
      note: (t) => t('settings.privacyNote'),
      Control: ({ label }) => (
        <Switch
          aria-label={label}
          checked={usePreferences().privacy}
          onChange={(event) => setPreference('privacy', event.currentTarget.checked)}
        />
      ),
    },
  ],
};
