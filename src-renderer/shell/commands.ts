// Everything the palette offers, from what the window knows now.
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../i18n/i18n.ts';
import { copy } from '../parts/copy.tsx';
import { maskEmail, maskKey } from '../parts/mask.ts';
import { attempt } from '../parts/toast.tsx';
import { shell, transport, useRead } from '../state/client.ts';
import { setPreference, usePreferences } from '../state/preferences.ts';
import { useServer } from '../state/server.ts';
import { setSetting } from '../state/settings.ts';
import { pageList } from './page-list.ts';

export interface Command {
  readonly id: string;
  readonly group: 'pages' | 'switches' | 'accounts' | 'keys' | 'actions' | 'settings';
  readonly name: string;
  readonly note: string;
  readonly keys?: string;
  /** A switch can be changed without leaving the palette. */
  readonly isSwitch?: boolean;
  readonly run: () => void;
}

const switches = ['request-log', 'logging-to-file', 'debug', 'usage-statistics-enabled'] as const;
const settings = [
  'proxy-url',
  'request-retry',
  'max-retry-interval',
  'logs-max-total-size-mb',
  'routing/strategy',
  'quota-exceeded/switch-project',
  'quota-exceeded/switch-preview-model',
] as const;
const folders = ['config', 'accounts', 'logs'] as const;

export function useCommands(): readonly Command[] {
  const t = useText();
  const navigate = useNavigate();
  const preferences = usePreferences();
  const config = useRead('config.get').data;
  const files = useRead('auth-files.list').data?.files;
  const keys = useRead('client-keys.list').data?.keys;
  const { address } = useServer();
  return useMemo(() => {
    const go = (path: string) => () => void navigate(path);
    const list: Command[] = pageList.map(({ id, group, key }) => ({
      id: `page:${id}`,
      group: 'pages',
      name: t(`pages.${id}`),
      note: group ? t(`shell.groups.${group}`) : '',
      keys: key === '?' ? '?' : `G ${key.toUpperCase()}`,
      run: go(`/${id}`),
    }));
    for (const name of switches) {
      const on = config?.[name];
      if (on === undefined) continue;
      list.push({
        id: `switch:${name}`,
        group: 'switches',
        name: t(`setting.names.${name}`),
        note: t(on ? 'common.on' : 'common.off'),
        isSwitch: true,
        run: () => void setSetting(name, !on),
      });
    }
    list.push({
      id: 'switch:privacy',
      group: 'switches',
      name: t('shell.privacy'),
      note: t(preferences.privacy ? 'common.on' : 'common.off'),
      isSwitch: true,
      run: () => setPreference('privacy', !preferences.privacy),
    });
    for (const name of settings) {
      list.push({
        id: `setting:${name}`,
        group: 'settings',
        name: t(`setting.names.${name}`),
        note: t('pages.settings'),
        run: go(`/settings/${encodeURIComponent(name)}`),
      });
    }
    for (const { name, email, provider } of files ?? []) {
      const who = preferences.privacy ? maskEmail(email || name) : email || name;
      list.push({
        id: `account:${name}`,
        group: 'accounts',
        name: who,
        note: provider,
        run: go(`/files/${encodeURIComponent(name)}`),
      });
    }
    for (const [index, { key, label }] of (keys ?? []).entries()) {
      list.push({
        // The id stands in the page, where keys do not.
        id: `key:${index}`,
        group: 'keys',
        name: label || maskKey(key),
        note: t('palette.copyKey'),
        run: () => void copy(key, label || maskKey(key), true),
      });
    }
    const actions: readonly (readonly [string, string, () => void])[] = [
      ['login', t('palette.login'), go('/accounts')],
      ['new-key', t('keys.generate'), go('/keys')],
      ['base-url', t('shell.copyBaseUrl'), () => void copy(address, t('shell.baseUrl'))],
      ['doctor', t('palette.doctor'), go('/help/doctor')],
      ...(transport.desktop
        ? folders.map(
            (folder) =>
              [
                folder,
                t(`palette.folders.${folder}`),
                () => void attempt(t('common.folderFailed'), () => shell('shell.open-folder', { folder })),
              ] as const,
          )
        : []),
    ];
    list.push(
      ...actions.map(([id, name, run]) => ({ id: `action:${id}`, group: 'actions' as const, name, note: '', run })),
    );
    return list;
  }, [t, navigate, preferences, config, files, keys, address]);
}
