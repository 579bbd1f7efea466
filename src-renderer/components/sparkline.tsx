// The course of a figure over the last hours, beside it. The figure and its note say what counts.

export interface SparklineData {
  /** Counts: the last one stands out. Failures: on a dotted zero line. Amounts: a line with its end. */
  readonly kind: 'counts' | 'failures' | 'amounts';
  /** Oldest first. */
  readonly values: readonly number[];
}

const width = 72;
const height = 24;
/** What is not nothing can be seen. */
const minHeight = { counts: 1, failures: 4 } as const;

export function Sparkline({ kind, values }: SparklineData) {
  const top = Math.max(...values, Number.MIN_VALUE);
  const step = width / Math.max(1, values.length);
  const bar = (value: number) =>
    value === 0 ? 1 : Math.max(minHeight[kind === 'failures' ? kind : 'counts'], (value * height) / top);
  return (
    <svg className={`spark spark-${kind}`} aria-hidden="true" width={width} height={height}>
      {kind === 'amounts' ? (
        <Amounts values={values} top={top} />
      ) : (
        values.map((value, index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in time.
            key={index}
            className={value === 0 && kind === 'failures' ? 'none' : undefined}
            x={Math.round(index * step)}
            y={height - Math.round(bar(value))}
            width={Math.max(1, Math.floor(step) - 1)}
            height={Math.round(bar(value))}
          />
        ))
      )}
    </svg>
  );
}

/** Room for the line and the dot at its end. */
const inset = 3;

function Amounts({ values, top }: { readonly values: readonly number[]; readonly top: number }) {
  const x = (index: number) => 2 + (index * (width - 4)) / Math.max(1, values.length - 1);
  const y = (value: number) => height - inset - (value * (height - 2 * inset)) / top;
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
  const last = values.length - 1;
  return (
    <>
      <polyline points={points.join(' ')} />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r="2" />
    </>
  );
}
