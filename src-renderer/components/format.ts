// Numbers, times and sizes in the language of the window.
import i18next from 'i18next';
import { useEffect, useState } from 'react';
import { text } from '../i18n/i18n.ts';

/** Formats are dear to make, and lists write hundreds of times and numbers a second. */
function keptFormats<Options, Format>(make: (language: string, options: Options) => Format) {
  const formats = new Map<string, Format>();
  return (options: Options): Format => {
    const key = i18next.language + JSON.stringify(options);
    let format = formats.get(key);
    if (format === undefined) {
      format = make(i18next.language, options);
      formats.set(key, format);
    }
    return format;
  };
}

const numberFormat = keptFormats(
  (language, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options),
);

/** `3,412` */
export const whole = (value: number): string => numberFormat({ maximumFractionDigits: 0 }).format(value);

/** `5.00` with two digits */
export const decimal = (value: number, digits: number): string =>
  numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** `98.2 %`; a dash where there is nothing to divide by. */
export function share(part: number, of: number): string {
  return of === 0 ? '–' : `${percent(part, of)} %`;
}

/** `44 %` for lists, where the sum matters more than the fraction. */
export function roundShare(part: number, of: number): string {
  const value = of === 0 ? 0 : (part / of) * 100;
  return value > 0 && value < 1 ? '< 1 %' : `${Math.round(value)} %`;
}

/** The number of a percentage alone. Never rounds a loss away: 100 is only said when it is whole. */
export function percent(part: number, of: number): string {
  if (of === 0) return '–';
  const value = (part / of) * 100;
  const shown = value < 100 && value > 99.9 ? 99.9 : value;
  return numberFormat({ maximumFractionDigits: shown >= 100 || shown === 0 ? 0 : 1 }).format(shown);
}

/** A large count as its number and its unit: `5.3` and `million`, `530` and `万`. */
export function largeParts(value: number, display: 'long' | 'short' = 'long'): { value: string; unit: string } {
  const parts = numberFormat({
    notation: 'compact',
    compactDisplay: display,
    maximumFractionDigits: 1,
  }).formatToParts(value);
  const unit = parts.find((part) => part.type === 'compact')?.value ?? '';
  const number = parts.filter((part) => part.type !== 'compact' && part.type !== 'literal');
  return { value: number.map((part) => part.value).join(''), unit };
}

/** `17.9 M`, `1790 万` */
export function large(value: number): string {
  const parts = largeParts(value, 'short');
  return parts.unit === '' ? parts.value : `${parts.value} ${parts.unit}`;
}

/** US dollars without their sign: `0.284`, `12.35`; what is not nothing never looks like it. */
export function money(usd: number): string {
  if (usd === 0) return '0';
  if (usd > 0 && usd < 0.001) return '< 0.001';
  const digits = usd < 10 ? 3 : 2;
  return numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(usd);
}

/** A sum of money, in dollars and cents: `0.86`, `1,204.00`. */
export const dollars = (usd: number): string =>
  numberFormat({ minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(usd);

/** `1.2 GB`; powers of 1000. */
export function bytes(value: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  const amount = numberFormat({ maximumFractionDigits: power === 0 ? 0 : 1 }).format(value / 1000 ** power);
  return `${amount} ${['B', 'KB', 'MB', 'GB', 'TB'][power]}`;
}

/** `412 ms`, `1.8 s` */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${numberFormat({ maximumFractionDigits: ms < 10_000 ? 2 : 1 }).format(ms / 1000)} s`;
}

/** Days before months, as the 24-hour clock beside them: English is not only spoken in America. */
export const dateFormat = keptFormats(
  (language, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options),
);

/** `14:20` */
export const clock = (time: number | string): string =>
  dateFormat({ hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(time));

/** `14:20:07` */
export const clockSeconds = (time: number | string): string =>
  dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(new Date(time));

/** `2026-09-02` in every language, as it stands in columns. */
export function day(time: number | string): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `17–23 November 2026` */
export const dayRange = (from: number, to: number): string =>
  dateFormat({ day: 'numeric', month: 'long', year: 'numeric' }).formatRange(from, to);

/** `Tue 17` */
export const weekday = (time: number): string =>
  dateFormat({ weekday: 'short', day: 'numeric' }).format(new Date(time));

/** `12 s ago`, `3 days ago`; a dash for what never was. */
export function ago(time: string | number, now: number): string {
  const then = typeof time === 'number' ? time : Date.parse(time);
  if (!(then > 0)) return '–';
  const seconds = Math.max(0, Math.round((now - then) / 1000));
  if (seconds < 60) return text('time.seconds', { count: seconds });
  if (seconds < 3600) return text('time.minutes', { count: Math.floor(seconds / 60) });
  if (seconds < 86_400) return text('time.hours', { count: Math.floor(seconds / 3600) });
  return text('time.days', { count: Math.floor(seconds / 86_400) });
}

/** `40 s`, `18 min`, `2 h`: what is left, rounded up, so that it never says that nothing is. */
export function span(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds <= 90) return text('time.span.seconds', { count: seconds });
  if (seconds <= 5400) return text('time.span.minutes', { count: Math.ceil(seconds / 60) });
  return text('time.span.hours', { count: Math.ceil(seconds / 3600) });
}

/** Now, again every so often, for times that count. */
export function useNow(everyMs = 15_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
