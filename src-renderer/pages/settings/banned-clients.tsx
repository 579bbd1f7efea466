// Clients that sent no management key or a wrong one, those banned for it, and ending a ban.
import { Button } from '@mantine/core';
import type { RejectedClient } from '../../../src-shared/contract/banned-clients.ts';
import { ago, span, useNow } from '../../components/format.ts';
import { type Status, StatusText } from '../../components/status-icon.tsx';
import { attempt, toastDone } from '../../components/toast.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { call, invalidate, useRead } from '../../state/client.ts';
import type { SettingRow } from './section.ts';

export const rejectedClients: SettingRow = {
  id: 'rejected-clients',
  name: (t) => t('settings.rejectedClients'),
  note: (t) => t('settings.rejectedClientsNote'),
  Control: RejectedCount,
  Below: RejectedList,
};

/** Bans run out by themselves: nobody announces that. */
function useRejected(now: number): readonly RejectedClient[] {
  const clients = useRead('banned-clients.list').data?.clients ?? [];
  return clients.filter(({ banned_until }) => banned_until === '' || Date.parse(banned_until) > now);
}

function RejectedCount() {
  const t = useText();
  const rejected = useRejected(useNow(1000));
  const banned = rejected.filter(({ banned_until }) => banned_until !== '').length;
  if (rejected.length === 0) return <StatusText status="ok">{t('settings.noRejectedClients')}</StatusText>;
  return banned > 0 ? (
    <StatusText status="warn">{t('settings.bannedCount', { count: banned })}</StatusText>
  ) : (
    <span className="dim">{t('settings.nobodyBanned')}</span>
  );
}

function stateOf(t: Text, { banned_until, local, failures }: RejectedClient, now: number): [Status, string] {
  if (banned_until !== '') return ['error', t('settings.banned', { time: span(Date.parse(banned_until) - now) })];
  if (local) return ['off', t('settings.failures', { count: failures })];
  return ['warn', t('settings.attemptsOfFive', { count: failures })];
}

function RejectedList() {
  const t = useText();
  const now = useNow(1000);
  const rejected = useRejected(now);
  if (rejected.length === 0) return null;
  const unban = async (address: string) => {
    const done = await attempt(t('settings.unbanFailed', { address }), async () => {
      await call('banned-clients.unban', { address });
      await invalidate('banned-clients.list');
    });
    if (done) toastDone({ title: t('settings.unbanned', { address }) });
  };
  return (
    <ul className="box banned-clients divided">
      {rejected.map((client) => {
        const { address, agent, local, reason, last, banned_until } = client;
        const [status, label] = stateOf(t, client, now);
        return (
          <li key={`${address} ${local ? agent : ''}`}>
            <StatusText status={status}>{label}</StatusText>
            <span className="cut" title={agent}>
              {local ? t('settings.thisComputer') : <code>{address}</code>} <span className="second">{agent}</span>
            </span>
            <span className="second nowrap">
              {t(`settings.keyReasons.${reason}`)}, {ago(last, now)}
            </span>
            {banned_until === '' ? (
              <span />
            ) : (
              <Button size="xs" aria-label={t('settings.unbanNamed', { address })} onClick={() => void unban(address)}>
                {t('settings.unban')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
