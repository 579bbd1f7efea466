// Requests per hour of the last day.
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { clock, useNow, whole } from '../../components/format.ts';
import { SlimBars } from '../../components/mini-bar-chart.tsx';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { lastHours, sum } from '../../state/usage.ts';

export function Day({ hours }: { readonly hours: readonly UsageHour[] }) {
  const t = useText();
  const now = useNow(60_000);
  const data = lastHours(hours, now, 24).map((slot) => {
    const { requests, failed } = sum(slot.hours);
    return { label: clock(slot.start), ok: requests - failed, failed };
  });
  const all = data.reduce((total, bar) => total + bar.ok + bar.failed, 0);
  const failed = data.reduce((total, bar) => total + bar.failed, 0);
  const highest = data.reduce((best, bar) => (bar.ok + bar.failed > best.ok + best.failed ? bar : best));
  return (
    <section className="day">
      <Head
        side={
          <>
            <span className="swatch swatch-ok" />
            {t('home.succeeded')}
            <span className="swatch swatch-failed" />
            {t('home.failedLegend')}
          </>
        }
      >
        {t('home.perHour')}
      </Head>
      <div className="day-chart">
        <SlimBars
          bars={data}
          labelEvery={3}
          format={whole}
          description={t('home.chart', { all: whole(all), failed: whole(failed), hour: highest.label })}
        />
      </div>
    </section>
  );
}
