// What the usage chart shows: usage per hour, day or hour of day, each split by model.
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import type { Bar, Series } from '../../components/bar-chart.tsx';
import { clock, weekday } from '../../components/format.ts';
import { lastDays, lastHours, midnight, sum, sumBy } from '../../state/usage.ts';

export type Range = '24h' | '7d' | '30d' | 'all';
export const ranges: readonly Range[] = ['24h', '7d', '30d', 'all'];
export const chartViews = ['tokens', 'requests', 'hours'] as const;
export type ChartView = (typeof chartViews)[number];

/** Models with a colour of their own; all others share the fifth. */
const coloured = 4;
const dayMs = 86_400_000;
/** More bars than these would be too thin to tell apart. */
const maxDays = 60;

interface Slot {
  readonly start: number;
  readonly label: string;
  readonly hours: readonly UsageHour[];
}

function slotsOf(hours: readonly UsageHour[], range: Range, now: number, view: ChartView): readonly Slot[] {
  if (view === 'hours') {
    const byHour = Map.groupBy(hours, ({ hour }) => new Date(hour * 1000).getHours());
    return Array.from({ length: 24 }, (_, hour) => ({
      start: hour,
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

interface ChartData {
  readonly bars: readonly Bar[];
  /** One per coloured model and one for the others, largest first, each with its total. */
  readonly series: readonly (Series & { readonly total: number })[];
  readonly total: number;
  readonly highest: { readonly label: string; readonly value: number };
}

/** `others`: the name of all models without a colour of their own, by their number. */
export function chartData(
  hours: readonly UsageHour[],
  range: Range,
  now: number,
  view: ChartView,
  others: (count: number) => string,
): ChartData {
  const measure = (list: readonly UsageHour[]) => (view === 'tokens' ? sum(list).total : sum(list).requests);
  const models = sumBy(hours, ({ model }) => model)
    .map(([name, sums]) => ({ name, total: view === 'tokens' ? sums.total : sums.requests }))
    .sort((a, b) => b.total - a.total);
  const rest = models.slice(coloured);
  const named = models.slice(0, coloured).map((model, index) => ({ ...model, swatch: `swatch-${index + 1}` }));
  const place = new Map(named.map(({ name }, index) => [name, index]));
  const series = [...named];
  if (rest.length > 0) {
    const total = rest.reduce((result, model) => result + model.total, 0);
    series.push({ name: others(rest.length), total, swatch: 'swatch-5' });
  }
  const bars = slotsOf(hours, range, now, view).map((slot): Bar => {
    const groups = Map.groupBy(slot.hours, ({ model }) => place.get(model) ?? coloured);
    return { id: slot.start, label: slot.label, values: series.map((_, index) => measure(groups.get(index) ?? [])) };
  });
  const heights = bars.map(({ label, values }) => ({ label, value: values.reduce((a, b) => a + b, 0) }));
  return {
    bars,
    series,
    total: models.reduce((result, model) => result + model.total, 0),
    highest: heights.reduce((best, bar) => (bar.value > best.value ? bar : best)),
  };
}
