// Durations of the config: as Go writes them, or a number of seconds.
import { z } from 'zod';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `1h30m`, `90s` or `90` (seconds) in milliseconds; `undefined` for other text. */
export const durationMs = (text: string): number | undefined =>
  /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : goDurationMs(text);

/** `1h30m` in milliseconds; `undefined` for other text. */
export function goDurationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  // Numbers and units take turns.
  const parts = text.split(/([a-z]+)/);
  let sum = 0;
  for (let at = 0; at + 1 < parts.length; at += 2)
    sum += Number(parts[at]) * (units[parts[at + 1] as string] as number);
  return sum;
}

/** The text of a duration that is longer than nothing; `undefined` for other text. */
export function readDuration(written: string): string | undefined {
  const text = written.trim();
  return (durationMs(text) ?? 0) > 0 ? text : undefined;
}

export const durationText = z
  .string()
  .refine((text) => durationMs(text.trim()) !== undefined, 'must be a duration such as 90s or 1h30m');
