// Lines over time; a place without a value interrupts its line.
import i18next from 'i18next';
import { useText } from '../i18n/i18n.ts';
import { type ChartActions, ChartFrame } from './chart-frame.tsx';
import { ticksFor } from './ticks.ts';

interface Line {
  readonly name: string;
  /** The classes of its colour: as a stroke, and as a swatch. */
  readonly stroke: string;
  readonly swatch: string;
  readonly values: readonly (number | null)[];
}

interface LineChartProps extends ChartActions {
  readonly lines: readonly Line[];
  readonly labels: readonly { readonly id: number; readonly label: string; readonly title: string }[];
  readonly description: string;
  readonly format: (value: number) => string;
  readonly formatValue: (value: number) => string;
  readonly minStep: number;
  /** Under the values of a place. */
  readonly note?: (index: number) => string | undefined;
}

/** Moves and lines through the middles of the places, in hundredths of the plot. */
function pathOf(values: readonly (number | null)[], top: number): string {
  const step = 100 / values.length;
  return values
    .map((value, index) => {
      if (value === null) return '';
      const before = values[index - 1] ?? null;
      const after = values[index + 1] ?? null;
      const x = (index + 0.5) * step;
      const y = 100 - (value / top) * 100;
      // A value between two gaps is a line of a quarter of its place, or nobody would see it.
      if (before === null && after === null) return `M${x - step / 8} ${y}h${step / 4}`;
      return `${before === null ? 'M' : 'L'}${x} ${y}`;
    })
    .join('');
}

export function LineChart(props: LineChartProps) {
  const { lines, labels, formatValue, minStep, note, ...frame } = props;
  const t = useText();
  const ticks = ticksFor(Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))), minStep);
  const top = ticks.at(-1) ?? 1;
  const list = new Intl.ListFormat(i18next.language, { style: 'narrow' });
  const said = (value: number | null | undefined) => (typeof value === 'number' ? formatValue(value) : '–');
  const places = labels.map(({ id, label, title }, index) => ({
    id,
    label,
    words: t('chart.bar', {
      label: title,
      values: list.format(lines.map(({ name, values }) => `${name} ${said(values[index])}`)),
    }),
  }));
  const card = (index: number) => ({
    title: labels[index]?.title ?? '',
    rows: lines.map(({ name, swatch, values }) => ({ name, swatch, value: said(values[index]) })),
    note: note?.(index),
  });
  return (
    <ChartFrame
      {...frame}
      places={places}
      ticks={ticks}
      card={card}
      backdrop={
        <svg className="chart-lines" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {lines.map(({ name, stroke, values }) => (
            <path key={name} className={stroke} d={pathOf(values, top)} vectorEffect="non-scaling-stroke" />
          ))}
        </svg>
      }
    />
  );
}
