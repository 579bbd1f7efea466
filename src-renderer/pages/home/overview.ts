// The overall status: fine, or what is not.

import type { RequestRecord } from '../../../src-shared/contract/requests.ts';
import { keyProviders } from '../../../src-shared/providers.ts';
import { ago, clock, useNow } from '../../components/format.ts';
import { maskEmail } from '../../components/mask.ts';
import type { Status } from '../../components/status-icon.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { invalidConfigStore, linkStore } from '../../state/live.ts';
import { usePrivacy } from '../../state/preferences.ts';
import { useRequestNames } from '../../state/request-names.ts';
import { useServer } from '../../state/server.ts';
import { useStore } from '../../state/store.ts';
import { useRequests } from '../../state/use-requests.ts';
import type { Entry } from '../providers/kinds.ts';
import { probeKey, probeStore } from '../providers/probes.ts';
import { failureStatus, type RecentTrouble, recentTrouble } from './recent-trouble.ts';

/** What the verdict and the lists beside it look at. */
const recentRequests = 100;
const everything = {};

interface Overview {
  readonly status: Status;
  readonly title: string;
  readonly note: string;
  readonly accounts: number;
  readonly ready: number;
  readonly providerKeys: number;
  /** Neither an account nor a key: nothing can be answered yet. */
  readonly isNew: boolean;
  /** The last requests, when they failed. */
  readonly trouble?: RecentTrouble;
  /** The newest requests, newest first. */
  readonly requests: readonly RequestRecord[];
  /** Where what the title says is put right. */
  readonly remedy?: { readonly path: string; readonly label: string };
}

export function useOverview(): Overview {
  const t = useText();
  const config = useRead('config.get').data;
  const files = useRead('auth-files.list').data?.files ?? [];
  const info = useRead('server-info.get').data;
  const invalid = useStore(invalidConfigStore);
  const link = useStore(linkStore);
  const server = useServer();

  const used = files.filter((file) => !file.disabled && file.status !== 'unsupported');
  const ready = used.filter((file) => file.status === 'ready' || file.status === 'refreshing').length;
  const needLogin = used.filter((file) => file.trouble === 'login').length;
  const unreachable = used.filter((file) => file.trouble === 'unreachable').length;
  const now = useNow();
  const privacy = usePrivacy();
  const names = useRequestNames();
  const requests = useRequests(everything, recentRequests).records ?? [];
  const probes = useStore(probeStore);
  // Tests of entries that are no longer so are of no interest.
  const entries = keyProviders.flatMap(({ keys }) => (config?.[keys.list] ?? []) as readonly Entry[]);
  const failedTests = entries.filter(
    (entry) => entry.disabled !== true && probes.get(probeKey(entry))?.ok === false,
  ).length;
  const providerKeys = entries.length;
  const counts = {
    requests,
    accounts: used.length,
    ready,
    providerKeys,
    isNew: files.length === 0 && providerKeys === 0,
  };
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
  const last = requests.find(({ state }) => state === 'done');
  const lastRequest = last && t('home.lastRequest', { ago: ago(last.started_at, now), model: last.model ?? '–' });
  const trouble = recentTrouble(requests, now);
  if (trouble) {
    const { newest, failed, isTotal } = trouble;
    const who = names.source(newest)?.name ?? '';
    const status = failureStatus(newest);
    const cause = causeText(t, status, who);
    const isAccount = files.some(({ name }) => name === newest.credential);
    return {
      ...counts,
      status: 'error',
      title: isTotal
        ? t('home.nothingGetsThrough', { cause })
        : t('home.someFail', { count: failed, of: trouble.requests.length, cause }),
      note: t('home.failedNote', {
        model: newest.model ?? '–',
        time: clock(newest.started_at),
        cause: privacy ? maskEmail(newest.error ?? '') : (newest.error ?? ''),
      }),
      trouble,
      remedy: isAccount
        ? { path: '/accounts', label: t('home.showAccounts') }
        : { path: '/providers', label: t(status === 401 ? 'home.replaceKey' : 'home.showKeys') },
    };
  }
  if (needLogin > 0) {
    return { ...counts, status: 'warn', title: t('home.needLogin', { count: needLogin }), note: fine };
  }
  if (unreachable > 0) {
    return {
      ...counts,
      status: 'warn',
      title: t('home.unreachable', { count: unreachable }),
      note: t('home.unreachableNote'),
    };
  }
  if (failedTests > 0) {
    return {
      ...counts,
      status: 'warn',
      title: t('home.testsFailed', { count: failedTests }),
      note: fine,
      remedy: { path: '/providers', label: t('home.showKeys') },
    };
  }
  if (ready === 0 && providerKeys === 0) {
    return { ...counts, status: 'warn', title: t('home.nothingReady'), note: t('home.nothingReadyNote') };
  }
  return {
    ...counts,
    status: 'ok',
    title: t('home.everythingWorks'),
    note: [fine, lastRequest].filter(Boolean).join(' '),
  };
}

function causeText(t: Text, status: number, name: string): string {
  if (status === 401) return t('home.causes.key', { name });
  if (status === 402) return t('home.causes.payment', { name });
  if (status === 403) return t('home.causes.access', { name });
  if (status === 429) return t('home.causes.limit', { name });
  return name === '' ? t('home.causes.nobody') : t('home.causes.status', { name, status });
}
