// Points in time as text in the time zone of the server.
import { stripTrailing } from '../strip-trailing.ts';

const pad = (value: number, width = 2) => String(value).padStart(width, '0');

/** `2026-01-31`. */
export function localDay(ms: number): string {
  const date = new Date(ms);
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** `09`. */
export function localHour(ms: number): string {
  return pad(new Date(ms).getHours());
}

/** The last second that was formatted: a busy server asks for the same one a thousand times. */
let cached = { second: Number.NaN, offset: Number.NaN, stamp: '', zone: '' };

function secondOf(ms: number): typeof cached {
  const second = Math.floor(ms / 1000);
  const date = new Date(ms);
  const offset = -date.getTimezoneOffset();
  if (second !== cached.second || offset !== cached.offset) {
    const stamp = `${localDay(ms)} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
    cached = { second, offset, stamp, zone: zoneOf(offset) };
  }
  return cached;
}

/** @param offset from UTC, in minutes */
function zoneOf(offset: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${pad(hours)}:${pad(minutes)}`;
}

/** `2026-01-31 09:05:00`, as log lines begin. */
export const localStamp = (ms: number): string => secondOf(ms).stamp;

/** RFC 3339 with the local offset, `Z` for UTC; trailing zeros of the fraction are left out. */
export function rfc3339(ms: number): string {
  const whole = Math.floor(ms);
  const milliseconds = ((whole % 1000) + 1000) % 1000;
  const fraction = milliseconds === 0 ? '' : `.${stripTrailing(pad(milliseconds, 3), '0')}`;
  const { stamp, zone } = secondOf(whole);
  return `${stamp.replace(' ', 'T')}${fraction}${zone}`;
}

const instant = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)$/;

/** An RFC 3339 time in milliseconds since the epoch, digits below a millisecond as a fraction; `undefined` for other text. */
export function parseRfc3339(text: string): number | undefined {
  const [, day, time, fraction = '', zone] = instant.exec(text) ?? [];
  if (day === undefined) return undefined;
  const seconds = Date.parse(`${day}T${time}${zone?.toUpperCase()}`);
  // Date.parse lets 31 February through as 3 March.
  if (Number.isNaN(seconds) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return undefined;
  return seconds + Number(`0.${fraction || '0'}`) * 1000;
}
