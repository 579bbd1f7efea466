// Stacked bars over time.
import i18next from 'i18next';
import { useText } from '../i18n/i18n.ts';
import { type ChartActions, ChartFrame } from './chart-frame.tsx';
import { whole } from './format.ts';
import { ticksFor } from './ticks.ts';

export interface Series {
  readonly name: string;
  /** The class of its colour. */
  readonly swatch: string;
}

export interface Bar {
  readonly id: number;
  /** Under the axis, and over its values where there is no `title`. */
  readonly label: string;
  readonly title?: string;
  /** One per series, from the baseline up. */
  readonly values: readonly number[];
  /** Under its values. */
  readonly note?: string | undefined;
}

interface BarChartProps extends ChartActions {
  readonly bars: readonly Bar[];
  readonly series: readonly Series[];
  /** What the chart shows, in a sentence. */
  readonly description: string;
  /** How the axis writes a value. */
  readonly format: (value: number) => string;
  /** How single values are written; in full when left out. */
  readonly formatValue?: (value: number) => string;
  /** The smallest step of the axis: 1 for what is counted. */
  readonly minStep?: number;
}

const total = ({ values }: Bar): number => values.reduce((sum, value) => sum + value, 0);

export function BarChart({ bars, series, format, formatValue = whole, minStep = 1, ...frame }: BarChartProps) {
  const t = useText();
  const ticks = ticksFor(Math.max(0, ...bars.map(total)), minStep);
  const top = ticks.at(-1) ?? 1;
  const list = new Intl.ListFormat(i18next.language, { style: 'narrow' });
  const places = bars.map((bar) => ({
    id: bar.id,
    label: bar.label,
    words: t('chart.bar', {
      label: bar.title ?? bar.label,
      values: list.format(bar.values.map((value, index) => `${series[index]?.name} ${formatValue(value)}`)),
    }),
  }));
  const card = (index: number) => {
    const bar = bars[index];
    return {
      title: bar?.title ?? bar?.label ?? '',
      rows: series.map(({ name, swatch }, at) => ({ name, swatch, value: formatValue(bar?.values[at] ?? 0) })),
      ...(series.length > 1 && bar && { sum: { name: t('chart.together'), value: formatValue(total(bar)) } }),
      note: bar?.note,
    };
  };
  return (
    <ChartFrame {...frame} places={places} ticks={ticks} format={format} card={card}>
      {(index) =>
        bars[index]?.values.map((value, at) => (
          <i key={series[at]?.name} className={series[at]?.swatch} style={{ height: `${(value / top) * 100}%` }} />
        ))
      }
    </ChartFrame>
  );
}
