// How long successful requests took.
import { decimal, duration } from '../../components/format.ts';
import { LineChart } from '../../components/line-chart.tsx';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { useRead } from '../../state/client.ts';
import { type Period, type Span, slotsOf, spanOf } from './period.ts';

const hourMs = 3_600_000;
/** Of a week: four a day. */
const quarters = 28;
const maxSlots = 60;

/** As many pieces as there are hours or days, and enough to show a course. */
function countOf(period: Period): number {
  const hours = Math.round((period.to - period.from) / hourMs);
  if (period.step === 'hour') return Math.max(1, hours);
  const days = Math.round(hours / 24);
  return days <= 7 ? Math.min(quarters, days * 4) : Math.min(maxSlots, days);
}

interface ResponseTimesProps {
  readonly period: Period;
  readonly model: string | undefined;
  readonly onZoom: (span: Span | undefined) => void;
}

export function ResponseTimes({ period, model, onZoom }: ResponseTimesProps) {
  const t = useText();
  const times = useRead('response-times.get', {
    from: String(period.from),
    to: String(period.to),
    slots: String(countOf(period)),
    ...(model !== undefined && { model }),
  }).data;
  const slots = times?.slots ?? [];
  const isKnown = slots.some(({ requests }) => requests > 0);
  const startAt = (index: number) => (times?.from ?? 0) + index * (times?.slot_ms ?? 0);
  // Named like the bars above, though there are more of them.
  const named = slotsOf(spanOf(period));
  const labels = slots.map((_, index) => {
    const start = startAt(index);
    const slot = named.findLast((one) => one.start <= start);
    const hours = period.step === 'week' || slots.length <= named.length ? '' : `, ${new Date(start).getHours()}:00`;
    // The first piece of a day has its name.
    const isFirst = index === 0 || slot !== named.findLast((one) => one.start <= startAt(index - 1));
    return { id: start, label: isFirst ? (slot?.label ?? '') : '', title: `${slot?.title ?? ''}${hours}` };
  });
  const seconds = (of: 'median_ms' | 'p95_ms') =>
    slots.map((slot) => (slot[of] === null ? null : (slot[of] ?? 0) / 1000));
  const worst = Math.max(0, ...seconds('p95_ms').map((value) => value ?? 0));
  return (
    <section>
      <Head
        side={
          <>
            <span className="swatch line-swatch swatch-1" />
            {t('usage.half')}
            <span className="swatch line-swatch swatch-4" />
            {t('usage.most')}
          </>
        }
      >
        {t('usage.responseTime')}
      </Head>
      <div className="times-chart">
        {times !== undefined && !isKnown ? (
          <p className="dim chart-empty">{t('usage.noTimes')}</p>
        ) : (
          labels.length > 0 && (
            <LineChart
              labels={labels}
              lines={[
                { name: t('usage.half'), stroke: 'stroke-1', swatch: 'swatch-1', values: seconds('median_ms') },
                { name: t('usage.most'), stroke: 'stroke-4', swatch: 'swatch-4', values: seconds('p95_ms') },
              ]}
              description={t('usage.timesText', { seconds: duration(worst * 1000) })}
              format={(value) => (Number.isInteger(value) ? String(value) : decimal(value, value < 0.1 ? 2 : 1))}
              formatValue={(value) => duration(value * 1000)}
              minStep={0.01}
              note={(index) => t('usage.timesOf', { count: slots[index]?.requests ?? 0 })}
              onZoomOut={() => onZoom(undefined)}
            />
          )
        )}
      </div>
    </section>
  );
}
