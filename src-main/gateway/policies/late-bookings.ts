// What clients used while it could not be counted: kept here, and counted once it can be.
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { CounterLimit, Counters, CounterWindow } from '../../storage/counters.ts';

export interface LateUse {
  readonly requests?: number;
  readonly tokens?: number;
  /** US dollars. */
  readonly cost?: number;
}

interface Booked {
  readonly client: string;
  readonly windows: readonly CounterWindow[];
  readonly limits: readonly CounterLimit[];
}

type Booking = Booked & Required<LateUse>;

const retryMs = 1_000;
/** Sums of a client within its windows; beyond these the oldest are given up. */
const maxBookings = 10_000;

export class LateBookings {
  readonly #counters: Counters;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** By client and windows, the oldest first. */
  readonly #bookings = new Map<string, Booking>();
  #isWaiting = false;

  constructor(counters: Counters, clock: Clock, log: Logger) {
    this.#counters = counters;
    this.#clock = clock;
    this.#log = log;
  }

  add(booked: Booked, { requests = 0, tokens = 0, cost = 0 }: LateUse): void {
    const key = JSON.stringify([booked.client, booked.windows]);
    const before = this.#bookings.get(key);
    this.#bookings.set(key, {
      ...booked,
      requests: (before?.requests ?? 0) + requests,
      tokens: (before?.tokens ?? 0) + tokens,
      cost: (before?.cost ?? 0) + cost,
    });
    if (this.#bookings.size > maxBookings) this.#giveUpOldest();
    this.#retryLater();
  }

  #giveUpOldest(): void {
    const [key] = this.#bookings.keys();
    if (key === undefined) return;
    this.#bookings.delete(key);
    this.#log.error('what a client used could not be counted: too much waits for it');
  }

  #retryLater(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#clock.after(retryMs, () => {
      this.#isWaiting = false;
      void this.#book();
    });
  }

  async #book(): Promise<void> {
    for (const [key, booking] of this.#bookings) {
      this.#bookings.delete(key);
      try {
        await this.#counters.book(booking.client, booking.windows, booking);
      } catch {
        // With what came meanwhile.
        this.add(booking, booking);
        return;
      }
      await this.#sayOvershoot(booking).catch(() => {});
    }
  }

  async #sayOvershoot({ client, windows, limits }: Booking): Promise<void> {
    const rows = await this.#counters.used([client], windows);
    for (const { metric, per, startsAt, max } of limits) {
      const used = rows.find((row) => row.per === per && row.startsAt === startsAt)?.[metric] ?? 0;
      if (used <= max) continue;
      this.#log.warning(
        `the client key ${client} used ${used} of ${max} ${metric} per ${per}: some of it could not be counted at once`,
      );
    }
  }
}
