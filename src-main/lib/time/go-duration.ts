// Durations as Go writes them.

/** To the millisecond: `12ms`, `1.5s`, `1m5s`, `1h0m0s`; from a minute on in whole seconds. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, Math.trunc(milliseconds));
  if (ms === 0) return '0s';
  if (ms < 1_000) return `${ms}ms`;
  if (ms < 60_000) return `${ms / 1_000}s`;
  const seconds = Math.trunc(ms / 1_000);
  const [hours, minutes] = [Math.trunc(seconds / 3_600), Math.trunc(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${minutes}m${seconds % 60}s`;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `1h30m` in milliseconds; `undefined` for other text. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  // Numbers and units take turns.
  const parts = text.split(/([a-z]+)/);
  let sum = 0;
  for (let at = 0; at + 1 < parts.length; at += 2)
    sum += Number(parts[at]) * (units[parts[at + 1] as string] as number);
  return sum;
}
