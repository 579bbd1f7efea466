// Everything the palette offers, from what the window knows now.
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { AccountFile } from '../../src-shared/contract/auth-files.ts';
import type { ClientKey } from '../../src-shared/contract/client-keys.ts';
import type { ConfigView } from '../../src-shared/contract/config.ts';
import { settingAt } from '../../src-shared/setting-paths.ts';
import type { PathsWith, Settings } from '../../src-shared/settings.ts';
import { copy } from '../components/copy.tsx';
import { maskEmail, maskKey } from '../components/mask.ts';
import { attempt } from '../components/toast.tsx';
import { type Text, useText } from '../i18n/i18n.ts';
import { callDesktop, transport, useRead } from '../state/client.ts';
import { setPreference, usePrivacy } from '../state/preferences.ts';
import { useServer } from '../state/server.ts';
import { settingTable } from '../state/setting-table.ts';
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

type SwitchName = PathsWith<Settings, { readonly api: true; readonly default: boolean }>;

/** What the palette switches itself. */
const switches = settingTable.filter(({ api, kind }) => api && kind === 'switch');
/** What it only finds on the Settings page. */
const settings = settingTable.filter((row) => row.section !== undefined && !switches.includes(row));
const folders = ['config', 'accounts', 'logs'] as const;

type Go = (path: string) => () => void;

const pageCommands = (t: Text, go: Go): readonly Command[] =>
  pageList.map(({ id, group, key }) => ({
    id: `page:${id}`,
    group: 'pages',
    name: t(`pages.${id}`),
    note: group ? t(`sidebar.groups.${group}`) : '',
    keys: key === '?' ? '?' : `G ${key.toUpperCase()}`,
    run: go(`/${id}`),
  }));

/** The switches as they stand in the config, once it is known, and the privacy switch of this window. */
function switchCommands(t: Text, config: ConfigView | undefined, privacy: boolean): readonly Command[] {
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
    command('privacy', t('header.privacy'), privacy, () => setPreference('privacy', !privacy)),
  ];
}

const settingCommands = (t: Text, go: Go): readonly Command[] =>
  settings.map(({ path }) => ({
    id: `setting:${path}`,
    group: 'settings',
    name: t(`setting.${path}.name`),
    note: t('pages.settings'),
    run: go(`/settings/${encodeURIComponent(path)}`),
  }));

const accountCommands = (files: readonly AccountFile[], go: Go, privacy: boolean): readonly Command[] =>
  files.map(({ name, email, provider }) => ({
    id: `account:${name}`,
    group: 'accounts',
    name: privacy ? maskEmail(email || name) : email || name,
    note: provider,
    run: go(`/files/${encodeURIComponent(name)}`),
  }));

/** The id stands in the page, where keys do not. */
const keyCommands = (t: Text, keys: readonly ClientKey[]): readonly Command[] =>
  keys.map(({ key, label }, index) => {
    const name = label || maskKey(key);
    return {
      id: `key:${index}`,
      group: 'keys',
      name,
      note: t('palette.copyKey'),
      run: () => void copy(key, name, true),
    };
  });

function actionCommands(t: Text, go: Go, address: string): readonly Command[] {
  const command = (id: string, name: string, run: () => void): Command => ({
    id: `action:${id}`,
    group: 'actions',
    name,
    note: '',
    run,
  });
  return [
    command('login', t('palette.login'), go('/accounts')),
    command('new-key', t('keys.generate'), go('/keys')),
    command('base-url', t('header.copyBaseUrl'), () => void copy(address, t('header.baseUrl'))),
    command('doctor', t('palette.doctor'), go('/help/doctor')),
    ...(transport.desktop ? folders : []).map((folder) =>
      command(
        folder,
        t(`palette.folders.${folder}`),
        () => void attempt(t('common.folderFailed'), () => callDesktop('desktop.open-folder', { folder })),
      ),
    ),
  ];
}

export function useCommands(): readonly Command[] {
  const t = useText();
  const navigate = useNavigate();
  const privacy = usePrivacy();
  const config = useRead('config.get').data;
  const files = useRead('auth-files.list').data?.files;
  const keys = useRead('client-keys.list').data?.keys;
  const { address } = useServer();
  return useMemo(() => {
    const go = (path: string) => () => void navigate(path);
    return [
      ...pageCommands(t, go),
      ...switchCommands(t, config, privacy),
      ...settingCommands(t, go),
      ...accountCommands(files ?? [], go, privacy),
      ...keyCommands(t, keys ?? []),
      ...actionCommands(t, go, address),
    ];
  }, [t, navigate, privacy, config, files, keys, address]);
}
