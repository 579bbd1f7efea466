// Everything the palette offers, from what the window knows now.
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { copy } from '../../components/copy.tsx';
import { attempt } from '../../components/toast.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { snippets } from '../../pages/home/snippets.ts';
import { addKeyPath } from '../../pages/providers/kinds.ts';
import { callDesktop, transport, useRead } from '../../state/client.ts';
import { usePreferences } from '../../state/preferences.ts';
import { useServer } from '../../state/server.ts';
import { pageList } from '../page-list.ts';
import type { Command, Go } from './command.ts';
import { choiceCommands, settingCommands, switchCommands } from './setting-commands.ts';
import { synonyms } from './synonyms.ts';
import {
  accountCommands,
  errorCommands,
  keyCommands,
  modelCommands,
  providerCommands,
  signInCommands,
  toolCommands,
} from './thing-commands.ts';

const folders = ['config', 'accounts', 'logs'] as const;

const pageCommands = (t: Text, go: Go): readonly Command[] =>
  pageList.map(({ id, group, key }) => ({
    id: `page:${id}`,
    group: 'pages',
    name: t(`pages.${id}`),
    note: group ? t(`sidebar.groups.${group}`) : '',
    keys: key === '?' ? '?' : `G ${key.toUpperCase()}`,
    run: go(`/${id}`),
  }));

interface Client {
  readonly address: string;
  readonly key: string | undefined;
}

function actionCommands(t: Text, go: Go, { address, key }: Client): readonly Command[] {
  const command = (id: string, name: string, run: () => void): Command => ({
    id: `action:${id}`,
    group: 'actions',
    name,
    note: '',
    run,
  });
  const control = (action: 'restart' | 'stop') => () =>
    void attempt(t('header.serverControlFailed'), () => callDesktop('desktop.server.control', { action }));
  return [
    command('login', t('palette.login'), go('/accounts')),
    command('new-key', t('keys.newKey'), go('/keys')),
    command('add-key', t('keyBox.title'), go(addKeyPath)),
    command('backup', t('backup.createTitle'), go('/settings/backup/create')),
    command('restore', t('backup.restoreTitle'), go('/settings/backup/restore')),
    command('base-url', t('header.copyBaseUrl'), () => void copy(address, t('header.baseUrl'))),
    ...snippets.map(({ name, make }) =>
      command(name, t('home.copyAsNamed', { name }), () => void copy(make(address, key), name)),
    ),
    command('doctor', t('palette.doctor'), go('/help/doctor')),
    command('existing', t('existing.use'), go('/help/existing')),
    command('failed', t('logs.failedRequests'), go('/requests?show=failed')),
    ...(transport.desktop
      ? [
          command('restart', t('header.restart'), control('restart')),
          command('stop', t('header.stop'), control('stop')),
          ...folders.map((folder) =>
            command(
              folder,
              t(`palette.folders.${folder}`),
              () => void attempt(t('common.folderFailed'), () => callDesktop('desktop.open-folder', { folder })),
            ),
          ),
        ]
      : []),
  ];
}

/** The last ten that failed. */
const failed = { status: 'failure', limit: '10' };

export function useCommands(): readonly Command[] {
  const t = useText();
  const navigate = useNavigate();
  const own = usePreferences();
  const config = useRead('config.get').data;
  const files = useRead('auth-files.list').data?.files;
  const keys = useRead('client-keys.list').data?.keys;
  const agents = useRead('agents.list').data?.agents;
  const errors = useRead('requests.list', failed).data?.requests;
  const { address } = useServer();
  return useMemo(() => {
    const go = (path: string) => () => void navigate(path);
    const { privacy } = own;
    const commands = [
      ...pageCommands(t, go),
      ...switchCommands(t, config, own),
      ...choiceCommands(t, go, own),
      ...settingCommands(t, go, config),
      ...accountCommands(t, files ?? [], go, privacy),
      ...providerCommands(t, config, go, privacy),
      ...modelCommands(t, config),
      ...keyCommands(t, keys ?? [], privacy),
      ...toolCommands(t, agents ?? [], go),
      ...actionCommands(t, go, { address, key: keys?.[0]?.key }),
      ...signInCommands(t, go),
      ...errorCommands(errors ?? [], go, Date.now()),
    ];
    return commands.map((command) => {
      const words = synonyms[command.id];
      return words === undefined ? command : { ...command, words };
    });
  }, [t, navigate, own, config, files, keys, agents, errors, address]);
}
