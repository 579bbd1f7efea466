// Stacked bars over time. Loaded when a chart is shown: the chart library is larger than the rest of the page.
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { ticksFor } from './ticks.ts';

export interface Series {
  readonly key: string;
  readonly color: string;
}

interface BarsProps {
  /** One object per bar: `label`, and a number for each series. */
  readonly data: readonly Readonly<Record<string, string | number>>[];
  readonly series: readonly Series[];
  /** What the chart shows, in a sentence; the figures stand in a table or list besides. */
  readonly description: string;
  readonly format?: (value: number) => string;
  /** Labels that are left out between two that are shown. */
  readonly skipLabels?: number;
  readonly gap?: number;
  readonly barSize?: number;
}

export function Bars({ data, series, description, format = String, skipLabels = 0, gap = 3, barSize }: BarsProps) {
  const tops = data.map((bar) => series.reduce((sum, { key }) => sum + Number(bar[key] ?? 0), 0));
  const ticks = ticksFor(Math.max(0, ...tops));
  const widest = Math.max(...ticks.map((tick) => format(tick).length));
  return (
    <div className="chart" role="img" aria-label={description}>
      <ResponsiveContainer>
        <BarChart
          data={[...data]}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          barCategoryGap={gap}
          accessibilityLayer={false}
          {...(barSize !== undefined && { barSize })}
        >
          <CartesianGrid vertical={false} stroke="var(--cp-line)" />
          <XAxis
            dataKey="label"
            interval={skipLabels}
            tickLine={false}
            axisLine={{ stroke: 'var(--cp-line-control)' }}
            height={24}
            tickMargin={6}
          />
          <YAxis
            width={12 + widest * 7}
            ticks={[...ticks]}
            domain={[0, ticks.at(-1) ?? 1]}
            tickFormatter={format}
            tickLine={false}
            axisLine={false}
          />
          {series.map(({ key, color }) => (
            <Bar
              key={key}
              dataKey={key}
              stackId="a"
              fill={color}
              stroke="var(--cp-bg)"
              strokeWidth={series.length > 2 ? 1 : 0}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
