// The settings in the palette: switches to be changed there, the rest with its value and, where there are few, all values.
import type { ConfigView } from '../../../src-shared/contract/config.ts';
import { settingAt } from '../../../src-shared/setting-paths.ts';
import type { PathsWith, Settings } from '../../../src-shared/settings.ts';
import type { Text } from '../../i18n/i18n.ts';
import { setPreference, type WindowPreferences } from '../../state/preferences.ts';
import { settingTable } from '../../state/setting-table.ts';
import { setSetting } from '../../state/settings.ts';
import type { Command, Go } from './command.ts';

type SwitchName = PathsWith<Settings, { readonly api: true; readonly default: boolean }>;

/** What the palette switches itself. */
const switches = settingTable.filter(({ api, kind }) => api && kind === 'switch');
/** What is changed on the Settings page. */
const settings = settingTable.filter((row) => row.section !== undefined && !switches.includes(row));

/** The switches as they stand in the config, once it is known, and those of this window. */
export function switchCommands(t: Text, config: ConfigView | undefined, own: WindowPreferences): readonly Command[] {
  const command = (id: string, name: string, on: boolean, run: () => void): Command => ({
    id: `switch:${id}`,
    group: 'switches',
    name,
    note: t(on ? 'common.on' : 'common.off'),
    isSwitch: true,
    run,
  });
  const known = config ? switches : [];
  return [
    ...known.map(({ path }) => {
      const on = settingAt(config, path) === true;
      return command(path, t(`setting.${path}.name`), on, () => void setSetting(path as SwitchName, !on));
    }),
    command('privacy', t('header.privacy'), own.privacy, () => setPreference('privacy', !own.privacy)),
    command('contrast', t('settings.contrast'), own.contrast, () => setPreference('contrast', !own.contrast)),
  ];
}

/** Values that are no secret and short enough to be read in passing. */
const shownValue = (value: unknown) => (typeof value === 'number' || typeof value === 'string' ? String(value) : '');

export function settingCommands(t: Text, go: Go, config: ConfigView | undefined): readonly Command[] {
  return settings.map(({ path, secret }) => ({
    id: `setting:${path}`,
    group: 'settings',
    name: t(`setting.${path}.name`),
    // The proxy's address may hold a password.
    note:
      secret || path === 'proxy-url' ? t('pages.settings') : shownValue(settingAt(config, path)) || t('pages.settings'),
    run: go(`/settings/${encodeURIComponent(path)}`),
  }));
}

const themes = ['auto', 'light', 'dark'] as const;

/** The window's own choices, each value a command of its own. */
export function choiceCommands(t: Text, go: Go, own: WindowPreferences): readonly Command[] {
  const languages = { system: t('settings.languageSystem'), en: 'English', 'zh-CN': '简体中文' } as const;
  const values = [
    ...themes.map((value) => ['theme', value, t(`settings.themes.${value}`)] as const),
    ...Object.entries(languages).map(([value, label]) => ['language', value as keyof typeof languages, label] as const),
  ];
  const names = { theme: t('settings.theme'), language: t('settings.language') };
  return [
    ...(['theme', 'language'] as const).map(
      (id): Command => ({
        id: `setting:${id}`,
        group: 'settings',
        name: names[id],
        note: values.find(([name, value]) => name === id && value === own[id])?.[2] ?? '',
        run: go(`/settings/${id}`),
      }),
    ),
    ...values.map(
      ([id, value, label]): Command => ({
        id: `setting:${id}:${value}`,
        group: 'settings',
        name: `${names[id]}: ${label}`,
        note: value === own[id] ? t('palette.inForce') : '',
        isVerb: true,
        run: () => setPreference(id, value),
      }),
    ),
  ];
}
