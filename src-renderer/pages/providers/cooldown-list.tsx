// Keys that are left out after a refusal: for how long, why, and the way to use them before.
import { Button } from '@mantine/core';
import { clock, span, useNow } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { StatusText } from '../../components/status-icon.tsx';
import { attempt, toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';

export function CooldownList() {
  const t = useText();
  const now = useNow(1000);
  const all = useRead('cooldowns.list').data?.cooldowns ?? [];
  // Soft cooldowns only put a key last, and accounts are shown on their own page.
  const coolingDown = all.filter(({ kind, account, until }) => kind === 'hard' && !account && Date.parse(until) > now);
  if (coolingDown.length === 0) return null;
  const end = async (id: string, name: string) => {
    const done = await attempt(t('files.endCooldownFailed', { name }), () => call('cooldowns.reset', { id }));
    if (done) toastDone({ title: t('files.cooldownEnded', { name }) });
  };
  return (
    <section className="cooling-down">
      <Head>{t('providers.coolingDown')}</Head>
      <p className="second">{t('providers.coolingDownNote')}</p>
      <ul className="box divided">
        {[...Map.groupBy(coolingDown, ({ id }) => id)].map(([id, cooldowns]) => {
          const label = cooldowns[0]?.label ?? id;
          const last = Math.max(...cooldowns.map(({ until }) => Date.parse(until)));
          return (
            <li key={id} className="row cooling-key">
              <StatusText status="busy">{t('files.states.coolingFor', { time: span(last - now) })}</StatusText>
              <div className="grow">
                <div className="cut">
                  <code>{label}</code> <span className="dim">{cooldowns.map(({ model }) => model).join(', ')}</span>
                </div>
                <div className="second cut" title={cooldowns[0]?.message}>
                  {t('files.cooldownUntil', { time: clock(last), span: span(last - now) })} {cooldowns[0]?.status}:{' '}
                  {cooldowns[0]?.message}
                </div>
              </div>
              <Button
                size="xs"
                aria-label={t('providers.endCooldownNamed', { name: label })}
                onClick={() => void end(id, label)}
              >
                {t('files.endCooldown')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
