// Bars of one day, for the first page: drawn here because the chart library is as large as all that page needs besides.
import { ticksFor } from './ticks.ts';

interface SlimBar {
  readonly label: string;
  readonly ok: number;
  readonly failed: number;
}

interface SlimBarsProps {
  readonly bars: readonly SlimBar[];
  /** What the chart shows, in a sentence. */
  readonly description: string;
  readonly format: (value: number) => string;
  /** Every how many bars a label stands. */
  readonly labelEvery: number;
}

export function SlimBars({ bars, description, format, labelEvery }: SlimBarsProps) {
  const ticks = ticksFor(Math.max(...bars.map(({ ok, failed }) => ok + failed)));
  const top = ticks.at(-1) ?? 1;
  const share = (value: number) => `${(value / top) * 100}%`;
  return (
    <div className="slim-bars" role="img" aria-label={description}>
      <div className="slim-ticks tn">
        {ticks.map((tick) => (
          <span key={tick} style={{ bottom: share(tick) }}>
            {format(tick)}
          </span>
        ))}
      </div>
      <div className="slim-plot">
        {ticks.map((tick) => (
          <i key={tick} className="slim-line" style={{ bottom: share(tick) }} />
        ))}
        {bars.map(({ label, ok, failed }, index) => (
          <div key={label} className="slim-bar">
            <i className="swatch-failed" style={{ height: share(failed) }} />
            <i className="swatch-ok" style={{ height: share(ok) }} />
            {index % labelEvery === 0 && <span className="tn">{label}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
