// One window of a provider's limit as people read it: how much is used, how much of its time has gone, when it renews.
import i18next from 'i18next';
import { text } from '../i18n/i18n.ts';
import { ago, clock, dateFormat, day } from './format.ts';

export interface LimitWindow {
  /** Such as `5h`, `7d`, `90m`; other ids, such as `requests`, have no known length. */
  readonly id: string;
  readonly label: string;
  /** From 0 to 1. */
  readonly used: number;
  /** ISO 8601; null: not known. */
  readonly resets_at: string | null;
  readonly renewed?: boolean | undefined;
}

/** When and how the numbers of an account came. */
export interface LimitSource {
  /** ISO 8601. */
  readonly seen_at: string;
  /** `answer`: read from a response; `asked`: asked for. */
  readonly from: 'answer' | 'asked';
}

export type LimitLevel = 'ok' | 'high' | 'reached' | 'old';

/** From this share on people are warned. */
const highShare = 0.8;
/** Numbers that are older say when they were seen instead of when they renew. */
const oldMs = 15 * 60_000;
const hourMs = 3_600_000;
const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: hourMs, d: 24 * hourMs };

const hasRenewed = ({ renewed, resets_at }: LimitWindow, now: number): boolean =>
  renewed === true || (resets_at !== null && Date.parse(resets_at) <= now);

/** The share that is used; nothing once the reset has passed. */
export const usedShare = (window: LimitWindow, now: number): number =>
  hasRenewed(window, now) ? 0 : Math.min(1, Math.max(0, window.used));

export function limitLevel(window: LimitWindow, { seen_at }: LimitSource, now: number): LimitLevel {
  const used = usedShare(window, now);
  if (used >= 1) return 'reached';
  if (used >= highShare) return 'high';
  return now - Date.parse(seen_at) > oldMs ? 'old' : 'ok';
}

/** The share of the window's time that has gone; undefined where its length or its end is not known. */
export function goneShare({ id, resets_at }: LimitWindow, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(id) ?? [];
  if (count === undefined || unit === undefined || resets_at === null) return undefined;
  const left = (Date.parse(resets_at) - now) / (Number(count) * (unitMs[unit] ?? 1));
  return left <= 0 ? undefined : Math.max(0, 1 - left);
}

/** `34 %`, `34%`, or that it is used up. */
export function usedText(window: LimitWindow, now: number): string {
  const used = usedShare(window, now);
  if (used >= 1) return text('limits.usedUp');
  const percent = Math.floor(used * 100);
  return i18next.language === 'en' ? `${percent} %` : `${percent}%`;
}

/** `2 h 12 min`, `Thu 09:00`, or when numbers that are old were seen. */
export function renewalText(window: LimitWindow, source: LimitSource, now: number): string {
  if (hasRenewed(window, now)) return text('limits.renewed');
  if (limitLevel(window, source, now) === 'old') return text('limits.seen', { ago: ago(source.seen_at, now) });
  return window.resets_at === null ? '' : untilText(Date.parse(window.resets_at), now);
}

function untilText(time: number, now: number): string {
  const minutes = Math.max(1, Math.ceil((time - now) / 60_000));
  if (minutes < 60) return text('time.span.minutes', { count: minutes });
  if (minutes < 24 * 60) {
    const hours = Math.floor(minutes / 60);
    return minutes % 60 === 0
      ? text('time.span.hours', { count: hours })
      : text('limits.hoursAndMinutes', { hours, minutes: minutes % 60 });
  }
  if (minutes < 7 * 24 * 60) return `${dateFormat({ weekday: 'short' }).format(time)} ${clock(time)}`;
  return dateFormat({ day: 'numeric', month: 'short' }).format(time);
}

/** Everything that is known of the window, for its tooltip and its accessible description. */
export function limitSentence(window: LimitWindow, source: LimitSource, now: number): string {
  const resets = window.resets_at === null || hasRenewed(window, now) ? undefined : Date.parse(window.resets_at);
  const values = {
    label: window.label,
    used: usedText(window, now),
    seen: clock(source.seen_at),
    time: resets === undefined ? '' : `${day(resets)} ${clock(resets)}`,
  };
  return [
    text('limits.usedOf', values),
    ...(resets === undefined ? [] : [text('limits.renewsAt', values)]),
    text(source.from === 'asked' ? 'limits.askedAt' : 'limits.readAt', values),
  ].join(' ');
}
