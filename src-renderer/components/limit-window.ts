// One window of a provider's limit as people read it: how much is used, how much of its time has gone, when it renews.
import i18next from 'i18next';
import type { AccountLimits, AccountLimitWindow } from '../../src-shared/contract/account-limits.ts';
import { text } from '../i18n/i18n.ts';
import { ago, clock, dateFormat, day } from './format.ts';

export type LimitWindow = Pick<AccountLimitWindow, 'id' | 'label' | 'used' | 'resets_at' | 'renewed'>;

/** When and how the numbers of an account came. */
export type LimitSource = Pick<AccountLimits, 'seen_at' | 'from'>;

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
  const length = windowLength(id);
  if (length === undefined || resets_at === null) return undefined;
  const left = (Date.parse(resets_at) - now) / length;
  return left <= 0 ? undefined : Math.max(0, 1 - left);
}

/** Milliseconds of a window such as `5h`, `7d` or `90m`; other ids, such as `requests`, do not say. */
export function windowLength(id: string): number | undefined {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(id) ?? [];
  return count === undefined || unit === undefined ? undefined : Number(count) * (unitMs[unit] ?? 1);
}

const names = ['requests', 'tokens', 'input-tokens', 'output-tokens', 'retry-after'] as const;

/** `5 hours`, `Week`, `Requests`; what is not known goes by the name that came with it. */
export function limitName({ id, label }: Pick<LimitWindow, 'id' | 'label'>): string {
  const known = names.find((name) => name === id);
  if (known !== undefined) return text(`limits.names.${known}`);
  const length = windowLength(id);
  if (length === undefined) return label || id;
  if (length === 7 * 24 * hourMs) return text('limits.week');
  if (length >= 28 * 24 * hourMs && length <= 31 * 24 * hourMs) return text('limits.month');
  if (length % (24 * hourMs) === 0) return text('limits.days', { count: length / (24 * hourMs) });
  if (length % hourMs === 0) return text('limits.hours', { count: length / hourMs });
  return text('limits.minutes', { count: length / 60_000 });
}

interface LimitColumns<W> {
  readonly short: W | undefined;
  readonly long: W | undefined;
}

/** The two windows that a list has room for: the one of hours and the one of days, whatever the provider has of them. */
export function limitColumns<W extends Pick<AccountLimitWindow, 'id' | 'model'>>(
  windows: readonly W[],
): LimitColumns<W> {
  const general = windows.filter(({ model }) => model === undefined);
  const isLong = ({ id }: W) => (windowLength(id) ?? 0) >= 24 * hourMs;
  const long = general.find(({ id }) => id === '7d') ?? general.find(isLong);
  const [first, second] = general.filter((window) => !isLong(window));
  return { short: general.find(({ id }) => id === '5h') ?? first, long: long ?? second };
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
    label: limitName(window),
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
