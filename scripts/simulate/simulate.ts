// Three accounts with windows of 5 hours and of a week, and people who work by day: which windows renew with quota left?

import type { Credential } from '../../src-main/gateway/routing/credential.ts';
import type { LimitWindow } from '../../src-main/gateway/routing/order/limit-room.ts';
import { Selector } from '../../src-main/gateway/routing/order/selector.ts';
import type { RouteElement } from '../../src-main/gateway/routing/route/elements.ts';
import type { RoutingStrategy } from '../../src-shared/routing-strategy.ts';

const hour = 3_600_000;
const week = 7 * 24 * hour;

/** Requests that fit into a week of one account. */
const weekly = 700;

export interface Scenario {
  /** Requests that fit into a window of 5 hours of one account. */
  readonly perWindow: number;
  /** Times the usual load, which is about half of what three accounts can take. */
  readonly load: number;
  /** Whether the accounts have said how much is used; they have when left out. */
  readonly areLimitsKnown?: boolean;
}

/** When each account's week begins, hours after the simulation does: people sign in on different days. */
const offsets = [0, 40, 100];
/** Requests an hour over a day. Assumed, not recorded: little at night, most in the morning and after lunch. */
const shape = [0, 0, 0, 0, 0, 0, 1, 4, 12, 20, 24, 20, 10, 18, 24, 22, 16, 10, 6, 4, 3, 2, 1, 0];
/** Of a weekday's load, Monday first. */
const days = [1, 1.1, 1, 0.9, 0.8, 0.2, 0.15];

interface Account {
  readonly credential: Credential;
  readonly offset: number;
  short: { startsAt: number; used: number };
  long: { startsAt: number; used: number };
}

export interface Simulated {
  /** What was left of all windows of either length when they renewed, in whole windows. */
  readonly unused: number;
  /**
   * The part of the weekly quota that was left when it renewed, from 0 to 1. While nothing is refused all strategies use
   * the same in the long run: what differs is only how much falls into the weeks that have not ended.
   */
  readonly weekly: number;
  readonly served: number;
  readonly refused: number;
}

export function simulate(strategy: RoutingStrategy, weeks: number, scenario: Scenario): Simulated {
  const { perWindow, load, areLimitsKnown = true } = scenario;
  const capacity = { short: perWindow, long: weekly };
  let now = 0;
  const accounts = offsets.map((offset, index): Account => {
    const credential = { id: `a${index}`, priority: 0, weight: 1, bounds: [] } as unknown as Credential;
    const none = { startsAt: Number.NEGATIVE_INFINITY, used: 0 };
    return { credential, offset: offset * hour, short: none, long: { startsAt: offset * hour - week, used: 0 } };
  });
  const byId = new Map(accounts.map((account) => [account.credential.id, account]));
  const windowsOf = (id: string): readonly LimitWindow[] => {
    if (!areLimitsKnown) return [];
    const { short, long } = byId.get(id) as Account;
    return [
      windowOf(short.used / capacity.short, short.startsAt + 5 * hour),
      windowOf(long.used / capacity.long, long.startsAt + week),
    ];
  };
  const isFull = ({ short, long }: Account) => short.used >= capacity.short || long.used >= capacity.long;
  const clock = { now: () => now, after: () => () => {} };
  const cooldowns = {
    of: ({ credential }: { readonly credential: Credential }) =>
      isFull(byId.get(credential.id) as Account)
        ? ({ kind: 'hard', until: now + hour, status: 429, message: 'full' } as const)
        : undefined,
  };
  const selector = new Selector({ clock, cooldowns, limits: { windowsOf } });
  const element = elementOver(accounts.map(({ credential }) => credential));
  const left: Left = { short: [], long: [] };
  let [served, refused] = [0, 0];
  for (let at = 0; at < weeks * 7 * 24; at++) {
    const requests = Math.round((shape[at % 24] ?? 0) * (days[Math.floor(at / 24) % 7] ?? 0) * load);
    for (let n = 0; n < requests; n++) {
      now = at * hour + (n * hour) / requests;
      for (const account of accounts) renew(account, now, { left, capacity });
      const order = selector.order([element], strategy);
      const [first] = order;
      const account = first && (byId.get(first.credential.id) as Account);
      if (first === undefined || account === undefined || isFull(account)) {
        refused += 1;
        continue;
      }
      selector.chosen(first, order);
      selector.asked(first);
      if (now - account.short.startsAt >= 5 * hour) account.short = { startsAt: now, used: 0 };
      account.short.used += 1;
      account.long.used += 1;
      served += 1;
    }
  }
  const [short, long] = [left.short, left.long].map((parts) => parts.reduce((sum, part) => sum + part, 0));
  return { unused: (short ?? 0) + (long ?? 0), weekly: (long ?? 0) / Math.max(1, left.long.length), served, refused };
}

const windowOf = (used: number, resetsAt: number): LimitWindow => ({
  used,
  resetsAt,
  isReached: used >= 1,
  model: undefined,
});

/** The unused parts of windows that renewed. */
interface Left {
  readonly short: number[];
  readonly long: number[];
}

/** Windows that are over begin again; what a week left is noted once it was a whole one. */
function renew(
  account: Account,
  now: number,
  { left, capacity }: { readonly left: Left; readonly capacity: Readonly<Record<'short' | 'long', number>> },
): void {
  if (now - account.short.startsAt >= 5 * hour) {
    if (account.short.used > 0) left.short.push(1 - account.short.used / capacity.short);
    account.short = { startsAt: Number.NEGATIVE_INFINITY, used: 0 };
  }
  while (now - account.long.startsAt >= week) {
    if (account.long.startsAt >= 0) left.long.push(1 - account.long.used / capacity.long);
    account.long = { startsAt: account.long.startsAt + week, used: 0 };
  }
}

function elementOver(credentials: readonly Credential[]): RouteElement {
  const candidates: RouteElement['candidates'][number][] = [];
  const element: RouteElement = { name: 'm', listed: 'm', resolved: { name: 'm', offers: [] }, candidates };
  for (const credential of credentials)
    candidates.push({
      credential,
      model: 'm',
      key: `${credential.id}\nm`,
      element,
    } as RouteElement['candidates'][number]);
  return element;
}
