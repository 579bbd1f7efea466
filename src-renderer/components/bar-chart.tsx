// Stacked bars over time. The value of each bar can be read by pointer, by keyboard and by screen reader.
import i18next from 'i18next';
import { type KeyboardEvent, useState } from 'react';
import { useText } from '../i18n/i18n.ts';
import { whole } from './format.ts';
import { ticksFor } from './ticks.ts';

export interface Series {
  readonly name: string;
  /** The class of its colour. */
  readonly swatch: string;
}

export interface Bar {
  readonly id: number;
  readonly label: string;
  /** One per series, from the baseline up. */
  readonly values: readonly number[];
}

interface BarChartProps {
  readonly bars: readonly Bar[];
  readonly series: readonly Series[];
  /** What the chart shows, in a sentence. */
  readonly description: string;
  /** How the axis writes a value; single values are always written in full. */
  readonly format: (value: number) => string;
}

const maxLabels = 10;
const tickCharacterPx = 7;
const total = ({ values }: Bar): number => values.reduce((sum, value) => sum + value, 0);

/** The next bar for a key of the keyboard; undefined for keys that mean nothing here. */
function target(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(count - 1, index + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

export function BarChart({ bars, series, description, format }: BarChartProps) {
  const t = useText();
  const [current, setCurrent] = useState(0);
  const [shown, setShown] = useState<number>();
  const ticks = ticksFor(Math.max(0, ...bars.map(total)));
  const top = ticks.at(-1) ?? 1;
  const height = (value: number) => `${(value / top) * 100}%`;
  const axisWidth = 8 + Math.max(...ticks.map((tick) => format(tick).length)) * tickCharacterPx;
  const labelEvery = Math.ceil(bars.length / maxLabels);
  const list = new Intl.ListFormat(i18next.language, { style: 'narrow' });
  const inWords = (bar: Bar) =>
    t('chart.bar', {
      label: bar.label,
      values: list.format(bar.values.map((value, index) => `${series[index]?.name} ${whole(value)}`)),
    });
  // The bars are one stop of the Tab key; arrows go from one to the next.
  const stop = Math.min(current, bars.length - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') setShown(undefined);
    const next = target(event.key, stop, bars.length);
    if (next === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll<HTMLElement>('.chart-bar')[next]?.focus();
  };
  return (
    <figure className="chart" style={{ left: axisWidth }} aria-label={description} onKeyDown={onKeyDown}>
      <div className="chart-ticks tn" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ bottom: height(tick) }}>
            {format(tick)}
          </span>
        ))}
      </div>
      <div className={bars.length > maxLabels ? 'chart-plot dense' : 'chart-plot'}>
        {ticks.map((tick) => (
          <i key={tick} className="chart-line" style={{ bottom: height(tick) }} />
        ))}
        {bars.map((bar, index) => (
          <div
            key={bar.id}
            className="chart-bar"
            role="img"
            aria-label={inWords(bar)}
            tabIndex={index === stop ? 0 : -1}
            onFocus={() => {
              setCurrent(index);
              setShown(index);
            }}
            onBlur={() => setShown(undefined)}
            onPointerEnter={() => setShown(index)}
            onPointerLeave={() => setShown(undefined)}
          >
            {bar.values.map((value, at) => (
              <i key={series[at]?.name} className={series[at]?.swatch} style={{ height: height(value) }} />
            ))}
            {index % labelEvery === 0 && <span className="tn">{bar.label}</span>}
            {index === shown && <Values bar={bar} series={series} left={index > bars.length / 2} />}
          </div>
        ))}
      </div>
    </figure>
  );
}

interface ValuesProps {
  readonly bar: Bar;
  readonly series: readonly Series[];
  /** On which side of the bar there is room. */
  readonly left: boolean;
}

const Values = ({ bar, series, left }: ValuesProps) => (
  <dl className={left ? 'chart-values left' : 'chart-values'}>
    <dt className="strong">{bar.label}</dt>
    <dd className="num">{whole(total(bar))}</dd>
    {series.map(({ name, swatch }, index) => (
      <div key={name}>
        <dt className="cut">
          <span className={`swatch ${swatch}`} />
          {name}
        </dt>
        <dd className="num">{whole(bar.values[index] ?? 0)}</dd>
      </div>
    ))}
  </dl>
);
