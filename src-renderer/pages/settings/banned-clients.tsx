// Who knocks with no or a wrong management key, who is shut out for it, and letting in again.
import { Button } from '@mantine/core';
import type { RefusedClient } from '../../../src-shared/contract/banned-clients.ts';
import { ago, span, useNow } from '../../components/format.ts';
import { Status, type Tone } from '../../components/status-icon.tsx';
import { attempt, toastDone } from '../../components/toast.tsx';
import { type Text, useText } from '../../i18n/i18n.ts';
import { call, renew, useRead } from '../../state/client.ts';
import type { SettingRow } from './section.ts';

export const refusedCallers: SettingRow = {
  id: 'refused-callers',
  name: (t) => t('settings.refused'),
  note: (t) => t('settings.refusedNote'),
  Control: RefusedCount,
  Below: RefusedList,
};

/** Bans run out by themselves: nobody announces that. */
function useRefused(now: number): readonly RefusedClient[] {
  const clients = useRead('refused-clients.list').data?.clients ?? [];
  return clients.filter(({ banned_until }) => banned_until === '' || Date.parse(banned_until) > now);
}

function RefusedCount() {
  const t = useText();
  const refused = useRefused(useNow(1000));
  const shutOut = refused.filter(({ banned_until }) => banned_until !== '').length;
  if (refused.length === 0) return <Status tone="ok">{t('settings.refusedNobody')}</Status>;
  return shutOut > 0 ? (
    <Status tone="warn">{t('settings.shutOutCount', { count: shutOut })}</Status>
  ) : (
    <span className="dim">{t('settings.nobodyShutOut')}</span>
  );
}

function stateOf(t: Text, { banned_until, local, failures }: RefusedClient, now: number): [Tone, string] {
  if (banned_until !== '') return ['error', t('settings.shutOut', { time: span(Date.parse(banned_until) - now) })];
  if (local) return ['off', t('settings.failures', { count: failures })];
  return ['warn', t('settings.triesOfFive', { count: failures })];
}

function RefusedList() {
  const t = useText();
  const now = useNow(1000);
  const refused = useRefused(now);
  if (refused.length === 0) return null;
  const unblock = async (address: string) => {
    const done = await attempt(t('settings.unblockFailed', { address }), async () => {
      await call('refused-clients.unblock', { address });
      await renew('refused-clients.list');
    });
    if (done) toastDone({ title: t('settings.unblocked', { address }) });
  };
  return (
    <ul className="box refused">
      {refused.map((client) => {
        const { address, agent, local, reason, last, banned_until } = client;
        const [tone, words] = stateOf(t, client, now);
        return (
          <li key={`${address} ${local ? agent : ''}`}>
            <Status tone={tone}>{words}</Status>
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
