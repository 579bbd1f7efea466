// Clients that presented no or a wrong management key, and the bans of remote ones.
import type { RejectedClient } from '../../../src-shared/contract/banned-clients.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { BanChange } from '../../events/ban-change.ts';
import { Emitter } from '../../lib/emitter.ts';
import { networkOf } from '../../lib/loopback.ts';
import type { Clock, Disposer } from '../../lib/time/clock.ts';

const failuresUntilBan = 5;
const banMs = 30 * 60_000;
/** How many addresses of each kind are remembered; the oldest are dropped. */
const capacity = 10_000;
/** How many of each kind are listed, newest first. */
const maxListed = 100;
const maxAgentLength = 200;

export interface Client {
  /** An IP address in canonical form, or `unknown`. */
  readonly address: string;
  readonly local: boolean;
  /** The user agent as the client sends it, which may be any text. */
  readonly agent: string;
}

/** The `address` of a remote one is what is counted and banned: an IPv4 address or an IPv6 network. */
interface FailureRecord extends Client {
  /** Consecutive failures. */
  readonly failures: number;
  readonly reason: RejectedClient['reason'];
  /** Milliseconds since the epoch. */
  readonly last: number;
}

interface Ban extends FailureRecord {
  readonly until: number;
}

export class BanList {
  readonly #clock: Clock;
  readonly #changed: Emitter<void>;
  /** Remote clients by network; the latest failure is last. */
  readonly #failures = new Map<string, FailureRecord>();
  /** By network; the ban that ends first is first. */
  readonly #bans = new Map<string, Ban>();
  readonly #own: Emitter<BanChange>;
  /** Programs on this machine by user agent: they are never banned. */
  readonly #local = new Map<string, FailureRecord>();

  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#changed = new Emitter(onError);
    this.#own = new Emitter(onError);
  }

  /** Called with what happens to remote clients here. */
  onOwnChange(listener: (change: BanChange) => void): Disposer {
    return this.#own.on(listener);
  }

  /** What happened to a remote client on another instance. */
  takeOver(change: BanChange): void {
    if (change.kind === 'failed') this.#countFailure({ ...change, local: false }, change.reason);
    else if (this.#forget(change.address)) this.#changed.emit();
  }

  /** Called on failures, on bans, and when a ban ends by a correct key or by hand, but not when one expires. */
  onChange(listener: () => void): Disposer {
    return this.#changed.on(listener);
  }

  /** Milliseconds until a ban ends; 0 without one. */
  remaining(address: string): number {
    const network = networkOf(address);
    const ban = this.#bans.get(network);
    if (ban === undefined) return 0;
    const left = ban.until - this.#clock.now();
    if (left > 0) return left;
    this.#bans.delete(network);
    return 0;
  }

  /** Wrong keys that a remote client may still send before it is banned; clients on this machine never are. */
  triesLeft({ address, local }: Client): number | undefined {
    if (local) return undefined;
    return failuresUntilBan - (this.#failures.get(networkOf(address))?.failures ?? 0);
  }

  /** Counts a failure and returns whether it led to a ban. */
  failed(client: Client, reason: RejectedClient['reason']): boolean {
    const leadsToBan = this.#countFailure(client, reason);
    const agent = shortened(client.agent);
    if (!client.local) this.#own.emit({ kind: 'failed', address: networkOf(client.address), agent, reason });
    return leadsToBan;
  }

  #countFailure(client: Client, reason: RejectedClient['reason']): boolean {
    const { local } = client;
    const address = local ? client.address : networkOf(client.address);
    const [map, key] = local ? [this.#local, shortened(client.agent)] : [this.#failures, address];
    const failures = (map.get(key)?.failures ?? 0) + 1;
    const last = this.#clock.now();
    const record = { address, local, agent: shortened(client.agent), failures, reason, last };
    map.delete(key);
    const leadsToBan = !local && failures >= failuresUntilBan;
    if (leadsToBan) {
      this.#bans.delete(address);
      remember(this.#bans, address, { ...record, until: last + banMs }, capacity);
    } else {
      remember(map, key, record, local ? maxListed : capacity);
    }
    this.#changed.emit();
    return leadsToBan;
  }

  succeeded({ address, local, agent }: Client): void {
    const forgotten = local ? this.#local.size > 0 && this.#local.delete(shortened(agent)) : this.#forget(address);
    if (!forgotten) return;
    this.#changed.emit();
    if (!local) this.#own.emit({ kind: 'forgotten', address });
  }

  /** Banned clients first, each kind with the newest first. */
  list(): readonly RejectedClient[] {
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

  /** Ends a ban and forgets the failures of an address or a listed network. Throws Problem `item_not_found`. */
  unban(address: string): void {
    if (!this.#forget(address))
      throw new Problem('item_not_found', 'No client at this address is banned or has failed attempts.');
    this.#changed.emit();
    this.#own.emit({ kind: 'forgotten', address });
  }

  /** Whether there was anything to forget. */
  #forget(address: string): boolean {
    const network = networkOf(address);
    return [this.#bans.delete(network), this.#failures.delete(network)].includes(true);
  }
}

const shortened = (agent: string) => agent.slice(0, maxAgentLength);

function remember<T>(map: Map<string, T>, key: string, value: T, max: number): void {
  map.set(key, value);
  if (map.size > max) map.delete(map.keys().next().value as string);
}
