// The overall status: fine, or what is not.

import { keyProviders } from '../../../src-shared/providers.ts';
import { clock } from '../../components/format.ts';
import type { Status } from '../../components/status-icon.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { invalidConfigStore, linkStore } from '../../state/live.ts';
import { useServer } from '../../state/server.ts';
import { useStore } from '../../state/store.ts';

interface Overview {
  readonly status: Status;
  readonly title: string;
  readonly note: string;
  readonly accounts: number;
  readonly ready: number;
  readonly providerKeys: number;
  /** Neither an account nor a key: nothing can be answered yet. */
  readonly isNew: boolean;
}

export function useOverview(): Overview {
  const t = useText();
  const config = useRead('config.get').data;
  const files = useRead('auth-files.list').data?.files ?? [];
  const info = useRead('server-info.get').data;
  const invalid = useStore(invalidConfigStore);
  const link = useStore(linkStore);
  const server = useServer();

  const used = files.filter((file) => !file.disabled);
  const ready = used.filter((file) => file.status === 'ready' || file.status === 'refreshing').length;
  const needLogin = used.filter((file) => file.status === 'error').length;
  const providerKeys = config ? keyProviders.reduce((sum, { keys }) => sum + config[keys.list].length, 0) : 0;
  const counts = { accounts: used.length, ready, providerKeys, isNew: files.length === 0 && providerKeys === 0 };
  const fine = t('home.readyNote', {
    accounts: t('home.accountCount', { count: ready }),
    keys: t('home.keyCount', { count: providerKeys }),
  });
  if (link.state === 'lost') {
    return { ...counts, status: 'error', title: t('home.lost'), note: t('home.lostNote', { time: clock(link.since) }) };
  }
  if (invalid) {
    const time = info ? clock(info.configRead) : '';
    return {
      ...counts,
      status: 'warn',
      title: info ? t('home.oldConfig', { time }) : t('home.oldConfigPlain'),
      note: t('home.oldConfigNote'),
    };
  }
  if (server.status === 'error') return { ...counts, status: 'error', title: server.label, note: server.message };
  if (needLogin > 0) {
    return { ...counts, status: 'warn', title: t('home.needLogin', { count: needLogin }), note: fine };
  }
  if (ready === 0 && providerKeys === 0) {
    return { ...counts, status: 'warn', title: t('home.nothingReady'), note: t('home.nothingReadyNote') };
  }
  return { ...counts, status: 'ok', title: t('home.everythingWorks'), note: fine };
}
