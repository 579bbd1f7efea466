// Keys that are left out after a refusal: for how long, why, and the way to use them before.
import { Button } from '@mantine/core';
import { clock, span, useNow } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { Status } from '../../components/status-icon.tsx';
import { attempt, toastDone } from '../../components/toast.tsx';
import { useText } from '../../i18n/i18n.ts';
import { call, useRead } from '../../state/client.ts';

export function RestingKeys() {
  const t = useText();
  const now = useNow(1000);
  const all = useRead('cooldowns.list').data?.cooldowns ?? [];
  // Soft rests only put a key last, and accounts are shown on their own page.
  const resting = all.filter(({ kind, account, until }) => kind === 'hard' && !account && Date.parse(until) > now);
  if (resting.length === 0) return null;
  const wake = async (id: string, name: string) => {
    const done = await attempt(t('files.wakeFailed', { name }), () => call('cooldowns.reset', { id }));
    if (done) toastDone({ title: t('files.woken', { name }) });
  };
  return (
    <section className="resting">
      <Head>{t('providers.resting')}</Head>
      <p className="second">{t('providers.restingNote')}</p>
      <ul className="box">
        {[...Map.groupBy(resting, ({ id }) => id)].map(([id, rests]) => {
          const label = rests[0]?.label ?? id;
          const last = Math.max(...rests.map(({ until }) => Date.parse(until)));
          return (
            <li key={id} className="row resting-key">
              <Status tone="busy">{t('files.states.coolingFor', { time: span(last - now) })}</Status>
              <div className="grow">
                <div className="cut">
                  <code>{label}</code> <span className="dim">{rests.map(({ model }) => model).join(', ')}</span>
                </div>
                <div className="second cut" title={rests[0]?.message}>
                  {t('files.rests', { time: clock(last), span: span(last - now) })} {rests[0]?.status}:{' '}
                  {rests[0]?.message}
                </div>
              </div>
              <Button
                size="xs"
                aria-label={t('providers.wakeNamed', { name: label })}
                onClick={() => void wake(id, label)}
              >
                {t('files.wake')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
