// Usage over time by model, with the legend as a list of values.
import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { BarChart } from '../../components/bar-chart.tsx';
import { large, roundShare } from '../../components/format.ts';
import { Head } from '../../components/page.tsx';
import { useText } from '../../i18n/i18n.ts';
import { type ChartView, chartData, chartViews, type Range } from './chart-data.ts';

interface UsageChartsProps {
  readonly hours: readonly UsageHour[];
  readonly range: Range;
  readonly now: number;
}

export function UsageCharts({ hours, range, now }: UsageChartsProps) {
  const t = useText();
  const [view, setView] = useState<ChartView>('tokens');
  const { bars, series, total, highest } = useMemo(
    () => chartData(hours, range, now, view, (count) => t('usage.otherModels', { count })),
    [hours, range, now, view, t],
  );
  const kind = view === 'hours' ? 'hours' : (`${view}-${range === '24h' ? 'hour' : 'day'}` as const);
  const title = t(`usage.charts.${kind}`);
  return (
    <div className="columns usage-charts">
      <section>
        <Head
          side={
            <Select
              aria-label={t('usage.view')}
              allowDeselect={false}
              w={184}
              data={chartViews.map((value) => ({ value, label: t(`usage.views.${value}`) }))}
              value={view}
              onChange={(value) => setView(value as ChartView)}
            />
          }
        >
          {title}
        </Head>
        <div className="usage-chart">
          <BarChart
            bars={bars}
            series={series}
            format={large}
            description={t('usage.chartText', { title, label: highest.label, value: large(highest.value) })}
          />
        </div>
      </section>
      <section>
        <Head side={t('usage.shareOf', { total: large(total) })}>{t('usage.byModel')}</Head>
        <ul className="legend">
          {series.map((model) => (
            <li key={model.name}>
              <span className={`swatch ${model.swatch}`} />
              <span className="cut">{model.name}</span>
              <span className="dim tn">{large(model.total)}</span>
              <span className="num">{roundShare(model.total, total)}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
