// Requests per hour of the last day.
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { BarChart } from '../../components/bar-chart.tsx';
import { clock, useNow, whole } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { lastHours, sum } from '../../state/usage.ts';

export function Day({ hours }: { readonly hours: readonly UsageHour[] }) {
  const t = useText();
  const now = useNow(60_000);
  const slots = lastHours(hours, now, 24).map(({ start, hours: list }) => ({ start, ...sum(list) }));
  const all = slots.reduce((total, { requests }) => total + requests, 0);
  const failed = slots.reduce((total, slot) => total + slot.failed, 0);
  const highest = slots.reduce((best, slot) => (slot.requests > best.requests ? slot : best));
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
        <BarChart
          bars={slots.map((slot) => ({
            id: slot.start,
            label: clock(slot.start),
            values: [slot.requests - slot.failed, slot.failed],
          }))}
          series={[
            { name: t('home.succeeded'), swatch: 'swatch-ok' },
            { name: t('home.failedLegend'), swatch: 'swatch-failed' },
          ]}
          format={whole}
          description={t('home.chart', { all: whole(all), failed: whole(failed), hour: clock(highest.start) })}
        />
      </div>
    </section>
  );
}
