// What clients used within the windows of their limits.
import type { DatabaseSync } from 'node:sqlite';
import type { BookedUse, CounterLimit, CounterRow, CounterWindow, Refusal } from '../counters.ts';
import { inTransaction } from './transaction.ts';

/** Longer than the longest window. Milliseconds. */
const keptMs = 40 * 24 * 3600 * 1000;

export class CounterTable {
  readonly #database: DatabaseSync;
  readonly #add;
  readonly #read;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#add = database.prepare(`INSERT INTO client_counters(client, per, starts_at, requests, tokens, cost)
      VALUES (?, ?, ?, max(?4, 0), ?5, ?6)
      ON CONFLICT DO UPDATE SET requests = max(requests + ?4, 0), tokens = tokens + ?5, cost = cost + ?6`);
    this.#read = database.prepare(
      'SELECT requests, tokens, cost FROM client_counters WHERE client = ? AND per = ? AND starts_at = ?',
    );
  }

  reserve(client: string, windows: readonly CounterWindow[], limits: readonly CounterLimit[]): Refusal {
    return inTransaction(this.#database, () => {
      const reached = limits.filter((limit) => {
        const used = this.#used(client, limit);
        return limit.metric === 'requests' ? used.requests + 1 > limit.max : used[limit.metric] >= limit.max;
      });
      if (reached.length === 0) this.#change(client, windows, { requests: 1, tokens: 0, cost: 0 });
      return reached;
    });
  }

  giveBack(client: string, windows: readonly CounterWindow[]): void {
    inTransaction(this.#database, () => this.#change(client, windows, { requests: -1, tokens: 0, cost: 0 }));
  }

  book(client: string, windows: readonly CounterWindow[], used: BookedUse): void {
    inTransaction(this.#database, () => this.#change(client, windows, { requests: 0, ...used }));
  }

  used(clients: readonly string[], windows: readonly CounterWindow[]): readonly CounterRow[] {
    return clients.flatMap((client) =>
      windows.map(({ per, startsAt }) => ({ client, per, startsAt, ...this.#used(client, { per, startsAt }) })),
    );
  }

  /** Windows that are over. `now` in milliseconds since the epoch. */
  prune(now: number): void {
    this.#database.prepare('DELETE FROM client_counters WHERE starts_at < ?').run(now - keptMs);
  }

  #used(client: string, { per, startsAt }: CounterWindow) {
    const row = this.#read.get(client, per, startsAt);
    return { requests: Number(row?.requests ?? 0), tokens: Number(row?.tokens ?? 0), cost: Number(row?.cost ?? 0) };
  }

  #change(
    client: string,
    windows: readonly CounterWindow[],
    { requests, tokens, cost }: { requests: number; tokens: number; cost: number },
  ): void {
    for (const { per, startsAt } of windows) this.#add.run(client, per, startsAt, requests, tokens, cost);
  }
}
