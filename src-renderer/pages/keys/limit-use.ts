// How much a client key has used of its limits, as people read it.
import type { ClientUse } from '../../../src-shared/contract/client-policies.ts';
import type { LimitMetric, LimitPeriod } from '../../../src-shared/policy-terms.ts';
import { clock, dateFormat, decimal, large } from '../../components/format.ts';
import type { LimitLevel } from '../../components/limit-window.ts';
import { text } from '../../i18n/i18n.ts';

export type LimitUse = ClientUse['limits'][number];

/** From this share on people are warned. */
const highShare = 0.8;

/** The share that is used, from 0 to 1. A limit of nothing is used up. */
export const usedShare = ({ used, limit }: Pick<LimitUse, 'used' | 'limit'>): number =>
  limit <= 0 ? 1 : Math.min(1, used / limit);

export function levelOf(use: Pick<LimitUse, 'used' | 'limit'>): LimitLevel {
  const share = usedShare(use);
  if (share >= 1) return 'reached';
  return share >= highShare ? 'high' : 'ok';
}

/** The fullest one; undefined for a key without limits. */
export const fullest = (limits: readonly LimitUse[]): LimitUse | undefined =>
  limits.reduce<LimitUse | undefined>(
    (found, limit) => (found === undefined || usedShare(limit) > usedShare(found) ? limit : found),
    undefined,
  );

/** When the window began that ends at `end`, by the local clock. */
function startOf(end: number, per: LimitPeriod): number {
  const date = new Date(end);
  switch (per) {
    case 'minute':
      return end - 60_000;
    case 'hour':
      return end - 3_600_000;
    case 'day':
      return date.setDate(date.getDate() - 1);
    case 'week':
      return date.setDate(date.getDate() - 7);
    case 'month':
      return date.setMonth(date.getMonth() - 1);
  }
}

/** The share of the window's time that has gone, from 0 to 1. */
export function goneOf({ per, resets_at }: Pick<LimitUse, 'per' | 'resets_at'>, now: number): number {
  const end = Date.parse(resets_at);
  const start = startOf(end, per);
  return Math.min(1, Math.max(0, (now - start) / (end - start)));
}

export const amount = (metric: LimitMetric, value: number): string =>
  metric === 'cost' ? decimal(value, 2) : metric === 'tokens' ? large(value) : decimal(value, 0);

/** `198 of 200 requests a day` */
export const usedWords = ({ metric, used, limit, per }: LimitUse): string =>
  text(`keys.use.${metric}`, {
    used: amount(metric, used),
    limit: amount(metric, limit),
    per: text(`keys.periods.${per}`),
  });

/** `renews 00:00`, `renews Monday`, `renews 1 Dec` */
export function renewsText({ per, resets_at }: Pick<LimitUse, 'per' | 'resets_at'>): string {
  const end = Date.parse(resets_at);
  const options = { week: { weekday: 'long' }, month: { day: 'numeric', month: 'short' } } as const;
  const time = per === 'week' || per === 'month' ? dateFormat(options[per]).format(end) : clock(end);
  return text('keys.renews', { time });
}
