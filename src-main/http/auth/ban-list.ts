// Clients that presented no or a wrong management key, and for how long the remote ones are shut out.
import type { RefusedClient } from '../../../src-shared/contract/banned-clients.ts';
import { Problem } from '../../../src-shared/problem.ts';
import { Emitter } from '../../lib/emitter.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';

const failuresUntilBan = 5;
const banMs = 30 * 60_000;
/** Addresses remembered at most, of each kind; the oldest give way. */
const capacity = 10_000;
/** How many of each kind are listed, the newest. */
const maxListed = 100;
const maxAgentLength = 200;

export interface Client {
  readonly address: string;
  readonly local: boolean;
  /** As the client calls itself: anything at all. */
  readonly agent: string;
}

interface Refusals extends Client {
  /** Consecutive failures. */
  readonly failures: number;
  readonly reason: RefusedClient['reason'];
  /** Milliseconds since the epoch. */
  readonly last: number;
}

interface Ban extends Refusals {
  readonly until: number;
}

export class BanList {
  readonly #clock: Clock;
  readonly #changed: Emitter<void>;
  /** Remote clients by address, the one that failed last at the end. */
  readonly #failures = new Map<string, Refusals>();
  /** By address, the first to end in front. */
  readonly #bans = new Map<string, Ban>();
  /** Programs on this machine by what they call themselves: they are never shut out. */
  readonly #local = new Map<string, Refusals>();

  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#changed = new Emitter(onError);
  }

  /** Hears of failures, bans and their end by a right key or by hand, not of bans that run out. */
  onChange(listener: () => void): Disposer {
    return this.#changed.on(listener);
  }

  /** Milliseconds a ban still lasts; 0 without one. */
  remaining(address: string): number {
    const ban = this.#bans.get(address);
    if (ban === undefined) return 0;
    const left = ban.until - this.#clock.now();
    if (left > 0) return left;
    this.#bans.delete(address);
    return 0;
  }

  /** Counts a failure; whether it was the one that leads to a ban. */
  failed(client: Client, reason: RefusedClient['reason']): boolean {
    const { address, local } = client;
    const [map, key] = local ? [this.#local, shortened(client.agent)] : [this.#failures, address];
    const failures = (map.get(key)?.failures ?? 0) + 1;
    const last = this.#clock.now();
    const refusals = { address, local, agent: shortened(client.agent), failures, reason, last };
    map.delete(key);
    const leadsToBan = !local && failures >= failuresUntilBan;
    if (leadsToBan) {
      this.#bans.delete(address);
      remember(this.#bans, address, { ...refusals, until: last + banMs }, capacity);
    } else {
      remember(map, key, refusals, local ? maxListed : capacity);
    }
    this.#changed.emit();
    return leadsToBan;
  }

  succeeded({ address, local, agent }: Client): void {
    const forgotten = local
      ? this.#local.size > 0 && this.#local.delete(shortened(agent))
      : [this.#failures.delete(address), this.#bans.delete(address)].includes(true);
    if (forgotten) this.#changed.emit();
  }

  /** Those shut out first, each kind with the newest first. */
  list(): readonly RefusedClient[] {
    const now = this.#clock.now();
    const bans = [...this.#bans.values()].filter(({ until }) => until > now);
    const newest = <T>(clients: Iterable<T>) => [...clients].slice(-maxListed).reverse();
    return [...newest(bans), ...newest(this.#failures.values()), ...newest(this.#local.values())].map((client) => ({
      address: client.address,
      local: client.local,
      agent: client.agent,
      failures: client.failures,
      reason: client.reason,
      last: new Date(client.last).toISOString(),
      banned_until: 'until' in client ? new Date(client.until as number).toISOString() : '',
    }));
  }

  /** Lets a client in again and forgets its failures. Throws Problem `item_not_found`. */
  unblock(address: string): void {
    const known = [this.#bans.delete(address), this.#failures.delete(address)].includes(true);
    if (!known) throw new Problem('item_not_found', 'Nobody at this address is shut out any more.');
    this.#changed.emit();
  }
}

const shortened = (agent: string) => agent.slice(0, maxAgentLength);

function remember<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value as string);
}
