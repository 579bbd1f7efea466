// What a measurement returns, and how it is printed.

export interface Figure {
  readonly name: string;
  readonly value: number;
  /** Behind the number; a ratio has none. */
  readonly unit?: string;
  readonly goal?: { readonly atLeast: number } | { readonly atMost: number };
  /** The absolute numbers behind a ratio, and what else is worth knowing. */
  readonly note?: string;
}

export interface Measurement {
  readonly title: string;
  readonly run: () => Promise<readonly Figure[]>;
}

/** `share` of the values are at most the result: 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);

const number = (value: number) => value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);

export function figureLine({ name, value, unit = '', goal, note }: Figure): string {
  const shown = `${number(value)} ${unit}`.trimEnd();
  const line = `  ${name.padEnd(44)} ${shown.padStart(12)}`;
  if (goal === undefined) return `${line}${note ? `   (${note})` : ''}`;
  const [sign, bound, met] =
    'atLeast' in goal ? ['≥', goal.atLeast, value >= goal.atLeast] : ['≤', goal.atMost, value <= goal.atMost];
  return `${line}   goal ${`${sign} ${bound}`.padEnd(6)} ${met ? 'ok' : 'missed'}${note ? `   (${note})` : ''}`;
}
