// Usage over time by model, with the legend as a list of values.
import { Select } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { clock, large, roundShare, weekday } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { lastDays, lastHours, midnight, sum, sumBy } from '../../state/usage.ts';

const Bars = lazy(async () => ({ default: (await import('../../components/bars.tsx')).Bars }));

export type Range = '24h' | '7d' | '30d' | 'all';
export const ranges: readonly Range[] = ['24h', '7d', '30d', 'all'];
type View = 'tokens' | 'requests' | 'hours';

/** Models with a colour of their own; the rest is the fifth. */
const coloured = 4;
const dayMs = 86_400_000;
/** More bars than these would be too thin to tell apart. */
const maxDays = 60;

interface UsageChartsProps {
  readonly hours: readonly UsageHour[];
  readonly range: Range;
  readonly now: number;
}

interface Slot {
  readonly label: string;
  readonly hours: readonly UsageHour[];
}

function slotsOf(hours: readonly UsageHour[], range: Range, now: number, view: View): readonly Slot[] {
  if (view === 'hours') {
    const byHour = Map.groupBy(hours, ({ hour }) => new Date(hour * 1000).getHours());
    return Array.from({ length: 24 }, (_, hour) => ({
      label: `${String(hour).padStart(2, '0')}:00`,
      hours: byHour.get(hour) ?? [],
    }));
  }
  if (range === '24h') return lastHours(hours, now, 24).map((slot) => ({ ...slot, label: clock(slot.start) }));
  const oldest = Math.min(now, ...hours.map(({ hour }) => hour * 1000));
  const spanned = Math.round((midnight(now) - midnight(oldest)) / dayMs) + 1;
  const days = range === '7d' ? 7 : range === '30d' ? 30 : Math.min(maxDays, Math.max(7, spanned));
  return lastDays(hours, now, days).map((slot) => ({ ...slot, label: weekday(slot.start) }));
}

export function UsageCharts({ hours, range, now }: UsageChartsProps) {
  const t = useText();
  const [view, setView] = useState<View>('tokens');
  const measure = (list: readonly UsageHour[]) => (view === 'tokens' ? sum(list).total : sum(list).requests);
  const models = sumBy(hours, ({ model }) => model).map(
    ([name, sums]) => [name, view === 'tokens' ? sums.total : sums.requests] as const,
  );
  models.sort(([, a], [, b]) => b - a);
  const named = models.slice(0, coloured);
  const rest = models.slice(coloured);
  const restKey = t('usage.otherModels', { count: rest.length });
  const series = [
    ...named.map(([name], index) => ({ key: name, color: `var(--cp-chart-${index + 1})` })),
    ...(rest.length > 0 ? [{ key: restKey, color: 'var(--cp-chart-5)' }] : []),
  ];
  const own = new Set(named.map(([name]) => name));
  const slots = slotsOf(hours, range, now, view);
  const data = slots.map((slot) => {
    const groups = Map.groupBy(slot.hours, ({ model }) => (own.has(model) ? model : restKey));
    return { label: slot.label, ...Object.fromEntries([...groups].map(([key, list]) => [key, measure(list)])) };
  });
  const total = models.reduce((result, [, value]) => result + value, 0);
  const restTotal = rest.reduce((result, [, value]) => result + value, 0);
  const highest = slots.reduce((best, slot) => (measure(slot.hours) > measure(best.hours) ? slot : best));
  const perHour = range === '24h' || view === 'hours';
  const title = view === 'hours' ? 'hours' : (`${view}-${perHour ? 'hour' : 'day'}` as const);
  return (
    <div className="columns usage-charts">
      <section>
        <Head
          side={
            <Select
              aria-label={t('usage.view')}
              allowDeselect={false}
              w={184}
              data={(['tokens', 'requests', 'hours'] as const).map((value) => ({
                value,
                label: t(`usage.views.${value}`),
              }))}
              value={view}
              onChange={(value) => setView(value as View)}
            />
          }
        >
          {t(`usage.charts.${title}`)}
        </Head>
        <div className="usage-chart">
          <Suspense>
            <Bars
              data={data}
              series={series}
              format={large}
              gap={data.length > 10 ? 3 : 12}
              skipLabels={Math.ceil(data.length / 10) - 1}
              {...(data.length <= 10 && { barSize: 40 })}
              description={t('usage.chartText', {
                title: t(`usage.charts.${title}`),
                label: highest.label,
                value: large(measure(highest.hours)),
              })}
            />
          </Suspense>
        </div>
      </section>
      <section>
        <Head side={t('usage.shareOf', { total: large(total) })}>{t('usage.byModel')}</Head>
        <ul className="legend">
          {[...named, ...(rest.length > 0 ? [[restKey, restTotal] as const] : [])].map(([name, value], index) => (
            <li key={name}>
              <span className={`swatch swatch-${index + 1}`} />
              <span className="cut">{name}</span>
              <span className="dim tn">{large(value)}</span>
              <span className="num">{roundShare(value, total)}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
