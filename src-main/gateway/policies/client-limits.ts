// What clients used of their limits: reserved before anything goes out, booked when it is over.
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import { type LimitMetric, limitMetrics } from '../../../src-shared/policy-terms.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { CounterLimit, Counters, CounterWindow } from '../../storage/counters.ts';
import type { Slots } from '../../storage/slots.ts';
import type { UpstreamError } from '../model/events.ts';
import type { Client } from './clients.ts';
import { LateBookings, type LateUse } from './late-bookings.ts';
import { windowAt } from './limit-windows.ts';

/** One limit of a client with what was used of it. */
export interface LimitUse {
  readonly metric: LimitMetric;
  readonly used: number;
  readonly limit: number;
  readonly per: CounterWindow['per'];
  /** Milliseconds since the epoch. */
  readonly resetsAt: number;
}

/** A counted request. */
export interface Reservation {
  /** Nothing went to an upstream. */
  giveBack(): Promise<void>;
  /** It is over and used this much; `cost` in US dollars. */
  book(used: { readonly tokens: number; readonly cost: number }): Promise<void>;
}

export type Reserved = { readonly reservation: Reservation | undefined } | { readonly error: UpstreamError };

export interface ClientLimitsOptions {
  readonly counters: Counters;
  /** Running requests of all instances together; absent where there is only one. */
  readonly slots?: Slots | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

export class ClientLimits {
  readonly #counters: Counters;
  readonly #slots: Slots | undefined;
  readonly #clock: Clock;
  readonly #late: LateBookings;
  readonly #running = new Map<string, number>();

  constructor({ counters, slots, clock, log }: ClientLimitsOptions) {
    this.#counters = counters;
    this.#slots = slots;
    this.#clock = clock;
    this.#late = new LateBookings(counters, clock, log);
  }

  /** Requests of a client that run at present. */
  running({ id }: Client): number {
    return this.#running.get(id) ?? 0;
  }

  /** Counts a running request until the returned function is called, or says that there are as many as there may be. */
  async enter(client: Client): Promise<(() => void) | UpstreamError> {
    const { id, policy } = client;
    const running = this.running(client);
    const max = policy?.['max-concurrent'];
    if (max !== undefined && running >= max) return tooMany(max);
    this.#running.set(id, running + 1);
    const leave = () => {
      const left = this.running(client) - 1;
      if (left > 0) this.#running.set(id, left);
      else this.#running.delete(id);
    };
    if (max === undefined || this.#slots === undefined) return leave;
    const slots = this.#slots;
    const bounds = [{ id: `client ${id}`, max }];
    if ((await slots.take(bounds)) === undefined)
      return () => {
        slots.release(bounds);
        leave();
      };
    leave();
    return tooMany(max);
  }

  /** Counts a request within all limits of a client, or says which of them is reached. Without a wait where there is none. */
  reserve({ id, policy }: Client): Reserved | Promise<Reserved> {
    const limits = limitsOf(policy, this.#clock.now());
    return limits.length === 0 ? unlimited : this.#reserve(id, policy, limits);
  }

  async #reserve(id: string, policy: ClientPolicy | undefined, limits: readonly CounterLimit[]): Promise<Reserved> {
    const windows = windowsOf(limits);
    const later = (of: readonly CounterWindow[], use: LateUse) =>
      this.#late.add({ client: id, windows: of, limits }, use);
    try {
      const reached = await this.#counters.reserve(id, windows, limits);
      if (reached.length > 0) return { error: reachedError(reached, this.#clock.now()) };
    } catch {
      if (policy?.['when-uncounted'] !== 'allow') return { error: uncountable };
      later(windows, { requests: 1 });
    }
    return {
      reservation: {
        giveBack: () => this.#counters.giveBack(id, windows).catch(() => later(windows, { requests: -1 })),
        book: (used) => {
          const end = windowsOf(limitsOf(policy, this.#clock.now()));
          return this.#counters.book(id, end, used).catch(() => later(end, used));
        },
      },
    };
  }

  /** Why a request of this client would be refused at present. Counts nothing. */
  async refusal(client: Client): Promise<UpstreamError | undefined> {
    const { id, policy } = client;
    const max = policy?.['max-concurrent'];
    if (max !== undefined && this.running(client) >= max) return tooMany(max);
    const now = this.#clock.now();
    const limits = limitsOf(policy, now);
    if (limits.length === 0) return undefined;
    const windows = windowsOf(limits);
    try {
      const rows = await this.#counters.used([id], windows);
      const reached = limits.filter(({ metric, per, startsAt, max }) => {
        const row = rows.find((one) => one.per === per && one.startsAt === startsAt);
        return (row?.[metric] ?? 0) >= max;
      });
      return reached.length > 0 ? reachedError(reached, now) : undefined;
    } catch {
      return policy?.['when-uncounted'] === 'allow' ? undefined : uncountable;
    }
  }

  /** Of these clients, in their order, each with its limits in the order of the policy. */
  async use(clients: readonly Client[]): Promise<readonly (readonly LimitUse[])[]> {
    const now = this.#clock.now();
    const limited = clients.map((client) => ({ client, limits: limitsOf(client.policy, now) }));
    const all = limited.filter(({ limits }) => limits.length > 0);
    const ids = all.map(({ client }) => client.id);
    const rows = ids.length === 0 ? [] : await this.#counters.used(ids, windowsOf(all.flatMap(({ limits }) => limits)));
    const keyOf = (client: string, { per, startsAt }: CounterWindow) => `${client} ${per} ${startsAt}`;
    const byWindow = new Map(rows.map((row) => [keyOf(row.client, row), row]));
    return limited.map(({ client, limits }) =>
      limits.map((limit) => ({
        metric: limit.metric,
        used: byWindow.get(keyOf(client.id, limit))?.[limit.metric] ?? 0,
        limit: limit.max,
        per: limit.per,
        resetsAt: windowAt(limit.per, now).endsAt,
      })),
    );
  }
}

const tooMany = (max: number): UpstreamError => ({
  status: 429,
  code: 'too_many_requests',
  message: `This key may make ${max} ${max === 1 ? 'request' : 'requests'} at the same time.`,
  retryAfter: 1,
});

const uncountable: UpstreamError = {
  status: 503,
  code: 'limits_unavailable',
  message: 'The limits of this key cannot be counted at present.',
  retryAfter: 1,
};

const unlimited: Reserved = { reservation: undefined };

function limitsOf(policy: ClientPolicy | undefined, now: number): readonly CounterLimit[] {
  if (policy?.limits === undefined) return [];
  return policy.limits.flatMap((limit) =>
    limitMetrics.flatMap((metric) => {
      const max = limit[metric];
      return max === undefined ? [] : [{ metric, max, per: limit.per, startsAt: windowAt(limit.per, now).startsAt }];
    }),
  );
}

/** Each window once, however many limits it has. */
const windowsOf = (limits: readonly CounterWindow[]): readonly CounterWindow[] => [
  ...new Map(limits.map(({ per, startsAt }) => [`${per} ${startsAt}`, { per, startsAt }])).values(),
];

/** Of several limits the one that frees last counts. */
function reachedError(reached: readonly CounterLimit[], now: number): UpstreamError {
  const [last] = reached
    .map((limit) => ({ limit, endsAt: windowAt(limit.per, limit.startsAt).endsAt }))
    .toSorted((one, other) => other.endsAt - one.endsAt);
  if (last === undefined) throw new Error('a refusal without a limit');
  const { metric, max, per } = last.limit;
  const what = metric === 'cost' ? `${max} US dollars` : `${max} ${max === 1 ? metric.slice(0, -1) : metric}`;
  return {
    status: 429,
    code: 'limit_reached',
    message: `The limit on ${metric} of this key is reached: ${what} per ${per}.`,
    retryAfter: Math.max(1, Math.ceil((last.endsAt - now) / 1_000)),
  };
}
