// What the bars show: one measure in pieces of time, each split by model.
import type { CostStep } from '../../../src-shared/contract/costs.ts';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import type { Bar, Series } from '../../components/bar-chart.tsx';
import { midnight } from '../../state/usage.ts';
import { type Period, slotsOf } from './period.ts';

export const measures = ['requests', 'tokens', 'cost'] as const;
export type Measure = (typeof measures)[number];

/** So much of a model at one time. */
export interface Amount {
  /** Milliseconds. */
  readonly time: number;
  readonly model: string;
  readonly value: number;
}

export const amountsOfHours = (hours: readonly UsageHour[], measure: 'requests' | 'tokens'): readonly Amount[] =>
  hours.map(({ hour, model, requests, total }) => ({
    time: hour * 1000,
    model,
    value: measure === 'tokens' ? total : requests,
  }));

/** What has no price is left out. */
export const amountsOfCosts = (steps: readonly CostStep[]): readonly Amount[] =>
  steps.flatMap(({ start, model, usd }) => (usd === null ? [] : [{ time: start, model, value: usd }]));

/** Models with a colour of their own; all others share the fifth. */
const coloured = 4;

export interface ModelSeries extends Series {
  readonly total: number;
  /** Undefined: the sum of those without a colour of their own. */
  readonly model: string | undefined;
}

interface ChartData {
  readonly bars: readonly Bar[];
  /** Largest first. */
  readonly series: readonly ModelSeries[];
  readonly total: number;
  readonly highest: { readonly label: string; readonly value: number };
}

interface ChartQuestion {
  /** Those of the week before the period too. */
  readonly amounts: readonly Amount[];
  readonly period: Period;
  /** The name of all models without a colour of their own, by their number. */
  readonly others: (count: number) => string;
  /** Compares a bar with that of a week before. */
  readonly change: (value: number, before: number) => string | undefined;
}

export function chartData({ amounts, period, others, change }: ChartQuestion): ChartData {
  const inside = amounts.filter(({ time }) => time >= period.from && time < period.to);
  const totals = new Map<string, number>();
  for (const { model, value } of inside) totals.set(model, (totals.get(model) ?? 0) + value);
  const models = [...totals].filter(([, total]) => total > 0).sort(([, one], [, other]) => other - one);
  const rest = models.slice(coloured);
  const series: ModelSeries[] = models
    .slice(0, coloured)
    .map(([name, total], index) => ({ name, model: name, total, swatch: `swatch-${index + 1}` }));
  const place = new Map(series.map(({ name }, index) => [name, index]));
  if (rest.length > 0) {
    const total = rest.reduce((sum, [, value]) => sum + value, 0);
    series.push({ name: others(rest.length), model: undefined, total, swatch: 'swatch-5' });
  }
  const bars = slotsOf(period).map(({ start, end, label, title }): Bar => {
    const values = series.map(() => 0);
    for (const { time, model, value } of inside) {
      if (time < start || time >= end) continue;
      const at = place.get(model) ?? coloured;
      if (values[at] !== undefined) values[at] += value;
    }
    // By the calendar: a week with a change of the clock has another length.
    const [fromBefore, toBefore] = [weekBefore(start), weekBefore(end)];
    const before = amounts.reduce(
      (sum, { time, value }) => (time >= fromBefore && time < toBefore ? sum + value : sum),
      0,
    );
    return { id: start, label, title, values, note: change(totalOf(values), before) };
  });
  const heights = bars.map(({ label, title, values }) => ({ label: title ?? label, value: totalOf(values) }));
  return {
    bars,
    series,
    total: models.reduce((sum, [, total]) => sum + total, 0),
    highest: heights.reduce((best, bar) => (bar.value > best.value ? bar : best), { label: '', value: -1 }),
  };
}

const totalOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const weekBefore = (ms: number): number => midnight(ms, 7) + (ms - midnight(ms));
