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
