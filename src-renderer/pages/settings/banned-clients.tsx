// Clients that sent no management key or a wrong one, those banned for it, and lifting a ban.
import { Button } from '@mantine/core';
import type { RefusedClient } from '../../../src-shared/contract/banned-clients.ts';
import { ago, span, useNow } from '../../components/format.ts';
import { type Status, StatusText } from '../../components/status-icon.tsx';
import { attempt, toastDone } from '../../components/toast.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { call, invalidate, useRead } from '../../state/client.ts';
import type { SettingRow } from './section.ts';

export const rejectedClients: SettingRow = {
  id: 'refused-callers',
  name: (t) => t('settings.rejectedClients'),
  note: (t) => t('settings.rejectedClientsNote'),
  Control: RefusedCount,
  Below: RefusedList,
};

/** Bans run out by themselves: nobody announces that. */
function useRejected(now: number): readonly RefusedClient[] {
  const clients = useRead('refused-clients.list').data?.clients ?? [];
  return clients.filter(({ banned_until }) => banned_until === '' || Date.parse(banned_until) > now);
}

function RefusedCount() {
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

function stateOf(t: Text, { banned_until, local, failures }: RefusedClient, now: number): [Status, string] {
  if (banned_until !== '') return ['error', t('settings.banned', { time: span(Date.parse(banned_until) - now) })];
  if (local) return ['off', t('settings.failures', { count: failures })];
  return ['warn', t('settings.attemptsOfFive', { count: failures })];
}

function RefusedList() {
  const t = useText();
  const now = useNow(1000);
  const rejected = useRejected(now);
  if (rejected.length === 0) return null;
  const unblock = async (address: string) => {
    const done = await attempt(t('settings.unblockFailed', { address }), async () => {
      await call('refused-clients.unblock', { address });
      await invalidate('refused-clients.list');
    });
    if (done) toastDone({ title: t('settings.unblocked', { address }) });
  };
  return (
    <ul className="box banned-clients">
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
              <Button
                size="xs"
                aria-label={t('settings.unblockNamed', { address })}
                onClick={() => void unblock(address)}
              >
                {t('settings.unblock')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
