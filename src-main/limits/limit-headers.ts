// What providers say of their limits in the headers of a response. Sources: the vendors' documents, and recordings of
// subscriptions of autumn 2026. A header that cannot be read is as none.

import type { AccountLimitStatus } from '../../src-shared/contract/account-limits.ts';
import { goDurationMs } from '../../src-shared/duration.ts';

export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface ReadWindow {
  readonly id: string;
  /** From 0 to 1, four digits. */
  readonly used: number;
  /** Milliseconds since the epoch; undefined: not known. */
  readonly resetsAt: number | undefined;
  readonly status: AccountLimitStatus;
  /** The only model that it is for. */
  readonly model?: string;
}

export interface ReadLimits {
  readonly plan?: string;
  readonly windows: readonly ReadWindow[];
}

export interface LimitResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** As the provider was asked for it. */
  readonly model: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const warningFrom = 0.8;
/** A response names few; more are no limits. */
const maxWindows = 50;
const maxNameLength = 64;

const ranks: readonly AccountLimitStatus[] = ['ok', 'warning', 'reached'];
const worse = (one: AccountLimitStatus, other: AccountLimitStatus) =>
  ranks.indexOf(one) > ranks.indexOf(other) ? one : other;

/** Whichever is worse: the provider's own word, or how much is used. */
export function limitStatus(used: number, word: AccountLimitStatus = 'ok'): AccountLimitStatus {
  return worse(word, used >= 1 ? 'reached' : used >= warningFrom ? 'warning' : 'ok');
}

/** Every header that is read below begins so. */
const beginnings = ['anthropic-ratelimit-', 'x-codex-', 'x-ratelimit-'] as const;
const saysLimits = (headers: ResponseHeaders): boolean =>
  Object.keys(headers).some((name) => beginnings.some((beginning) => name.startsWith(beginning)));

export function readLimits(response: LimitResponse): ReadLimits {
  const { status, headers, now } = response;
  // Most responses say nothing, and each is looked at.
  const named = saysLimits(headers)
    ? [...unifiedWindows(response), ...codexWindows(response), ...openAiWindows(response), ...keyWindows(response)]
    : [];
  const plan = text(headers['x-codex-plan-type']);
  const known = plan === undefined ? {} : { plan: plan.slice(0, maxNameLength) };
  if (status !== 429 || named.length > 0) return { ...known, windows: fullestOfEach(named).slice(0, maxWindows) };
  const resetsAt = retryAfter(headers, now);
  if (resetsAt === undefined) return { ...known, windows: [] };
  return { ...known, windows: [{ id: 'retry-after', used: 1, resetsAt, status: 'reached' }] };
}

/** When the provider wants to be asked again, in milliseconds since the epoch. */
export function retryAfter(headers: ResponseHeaders, now: number): number | undefined {
  const value = text(headers['retry-after']);
  if (value === undefined) return undefined;
  const seconds = number(value);
  return future(seconds === undefined ? Date.parse(value) : now + seconds * 1000, now);
}

/** Two windows of one length are one to people: the fuller counts. */
function fullestOfEach(windows: readonly ReadWindow[]): readonly ReadWindow[] {
  const byId = new Map<string, ReadWindow>();
  for (const window of windows) {
    const before = byId.get(window.id);
    if (before === undefined || window.used > before.used) byId.set(window.id, window);
  }
  return [...byId.values()];
}

const unified = /^anthropic-ratelimit-unified-([a-z0-9_.-]{1,40})-(utilization|reset|status)$/;
const unifiedWords: Readonly<Record<string, AccountLimitStatus>> = {
  allowed: 'ok',
  allowed_warning: 'warning',
  rejected: 'reached',
};
/** Extra usage that is paid for, no window. */
const overage = /^overage(?:-|$)/;
const plainLength = /^\d+[smhdw]$/;

/** Anthropic's subscriptions. */
function unifiedWindows({ headers, model, now }: LimitResponse): readonly ReadWindow[] {
  const found = new Map<string, { used?: number; resetsAt?: number; word?: AccountLimitStatus }>();
  for (const [name, value] of Object.entries(headers)) {
    const [, id, field] = unified.exec(name) ?? [];
    const said = text(value);
    if (id === undefined || said === undefined || overage.test(id)) continue;
    const window = found.get(id) ?? {};
    found.set(id, window);
    if (field === 'utilization') assign(window, 'used', number(said));
    else if (field === 'reset') assign(window, 'resetsAt', instant(said, now));
    else assign(window, 'word', unifiedWords[said.toLowerCase()]);
  }
  return [...found].flatMap(([id, { used, resetsAt, word }]) => {
    if (used === undefined && word !== 'reached') return [];
    const family = plainLength.test(id) ? {} : { model };
    return [window(id, used ?? 1, resetsAt, word, family)];
  });
}

const codexField = /^x-codex-(?:([a-z0-9_.-]{1,40})-)?(primary|secondary)-used-percent$/;

/** Codex' subscriptions; the slot says nothing, the length of the window does. */
function codexWindows({ headers, now }: LimitResponse): readonly ReadWindow[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const [, limit, slot] = codexField.exec(name) ?? [];
    if (slot === undefined) return [];
    const percent = number(text(value));
    const field = (suffix: string) =>
      text(headers[`x-codex-${limit === undefined ? '' : `${limit}-`}${slot}-${suffix}`]);
    const minutes = number(field('window-minutes'));
    if (percent === undefined || minutes === undefined || minutes <= 0) return [];
    const after = number(field('reset-after-seconds'));
    const resetsAt =
      instant(field('reset-at'), now) ?? (after === undefined ? undefined : future(now + after * 1000, now));
    const length = lengthOf(minutes);
    return limit === undefined
      ? [window(length, percent / 100, resetsAt)]
      : [window(`${limit}-${length}`, percent / 100, resetsAt, 'ok', { model: limit })];
  });
}

/** `90m`, `5h`, `7d`. */
function lengthOf(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440}d`;
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** Keys of OpenAI, and of services that copy its headers. */
function openAiWindows({ headers, now }: LimitResponse): readonly ReadWindow[] {
  return ['requests', 'tokens'].flatMap((id) => {
    const used = usedOf(headers[`x-ratelimit-limit-${id}`], headers[`x-ratelimit-remaining-${id}`]);
    if (used === undefined) return [];
    const duration = text(headers[`x-ratelimit-reset-${id}`]);
    const ms = duration === undefined ? undefined : (goDurationMs(duration) ?? secondsMs(duration));
    return [window(id, used, ms === undefined ? undefined : future(now + ms, now))];
  });
}

/** Keys of Anthropic. */
function keyWindows({ headers, now }: LimitResponse): readonly ReadWindow[] {
  return ['requests', 'tokens', 'input-tokens', 'output-tokens'].flatMap((id) => {
    const field = (name: string) => headers[`anthropic-ratelimit-${id}-${name}`];
    const used = usedOf(field('limit'), field('remaining'));
    return used === undefined ? [] : [window(id, used, instant(text(field('reset')), now))];
  });
}

function usedOf(limit: string | string[] | undefined, remaining: string | string[] | undefined): number | undefined {
  const [max, left] = [number(text(limit)), number(text(remaining))];
  return max === undefined || max <= 0 || left === undefined ? undefined : 1 - left / max;
}

function window(
  id: string,
  share: number,
  resetsAt: number | undefined,
  word: AccountLimitStatus = 'ok',
  more: Pick<ReadWindow, 'model'> = {},
): ReadWindow {
  const used = Math.round(Math.min(Math.max(share, 0), 1) * 1e4) / 1e4;
  return { id, used, resetsAt, status: limitStatus(used, word), ...more };
}

const text = (value: string | string[] | undefined): string | undefined => {
  const one = (Array.isArray(value) ? value[0] : value)?.trim();
  return one === undefined || one === '' || one.length > 256 ? undefined : one;
};

const number = (value: string | undefined): number | undefined =>
  value !== undefined && /^-?\d{1,16}(?:\.\d{1,16})?(?:e-?\d{1,2})?$/i.test(value) ? Number(value) : undefined;

const secondsMs = (value: string): number | undefined => {
  const seconds = number(value);
  return seconds === undefined ? undefined : seconds * 1000;
};

/** Unix seconds or milliseconds, or a date. */
function instant(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const count = number(value);
  if (count === undefined) return future(Date.parse(value), now);
  return future(count >= firstMilliseconds ? count : count * 1000, now);
}

/** As seconds it is in the year 5138, as milliseconds in 1973. */
const firstMilliseconds = 1e11;

/** A year is longer than any window. */
const maxAheadMs = 400 * 24 * 3600 * 1000;

const future = (ms: number, now: number): number | undefined =>
  Number.isFinite(ms) && ms > now && ms < now + maxAheadMs ? Math.round(ms) : undefined;

function assign<T, K extends keyof T>(target: T, name: K, value: T[K] | undefined): void {
  if (value !== undefined) target[name] = value;
}
