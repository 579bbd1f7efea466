// Counters without a file, for tests of what is done with them.
import type {
  BookedUse,
  CounterLimit,
  CounterRow,
  Counters,
  CounterWindow,
  Refusal,
} from '../../src-main/storage/counters.ts';

type Sums = Pick<CounterRow, 'requests' | 'tokens' | 'cost'>;

export class MemoryCounters implements Counters {
  readonly #rows = new Map<string, Sums>();

  async reserve(client: string, windows: readonly CounterWindow[], limits: readonly CounterLimit[]): Promise<Refusal> {
    const reached = limits.filter((limit) => {
      const used = this.#of(client, limit);
      return limit.metric === 'requests' ? used.requests + 1 > limit.max : used[limit.metric] >= limit.max;
    });
    if (reached.length === 0) this.#add(client, windows, { requests: 1, tokens: 0, cost: 0 });
    return reached;
  }

  async giveBack(client: string, windows: readonly CounterWindow[]): Promise<void> {
    this.#add(client, windows, { requests: -1, tokens: 0, cost: 0 });
  }

  async book(client: string, windows: readonly CounterWindow[], used: BookedUse): Promise<void> {
    this.#add(client, windows, { requests: 0, ...used });
  }

  async used(clients: readonly string[], windows: readonly CounterWindow[]): Promise<readonly CounterRow[]> {
    return clients.flatMap((client) => windows.map((window) => ({ client, ...window, ...this.#of(client, window) })));
  }

  #of(client: string, { per, startsAt }: CounterWindow): Sums {
    return this.#rows.get(`${client} ${per} ${startsAt}`) ?? { requests: 0, tokens: 0, cost: 0 };
  }

  #add(client: string, windows: readonly CounterWindow[], { requests, tokens, cost }: Sums): void {
    for (const window of windows) {
      const old = this.#of(client, window);
      this.#rows.set(`${client} ${window.per} ${window.startsAt}`, {
        requests: old.requests + requests,
        tokens: old.tokens + tokens,
        cost: old.cost + cost,
      });
    }
  }
}
