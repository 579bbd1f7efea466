// What clients used of their limits, counted exactly across all instances.
import type { BookedUse, CounterLimit, CounterRow, Counters, CounterWindow, Refusal } from '../../storage/counters.ts';
import type { Database, Statement } from '../connection/database.ts';

const reserve: Statement = {
  name: 'reserve',
  text: 'select granted, used from reserve($1, $2, $3, $4, $5, $6, $7)',
};
const giveBack: Statement = {
  name: 'give_back',
  text: `update client_counters c set requests = greatest(c.requests - 1, 0)
    from unnest($2::text[], $3::bigint[]) as w(per, starts)
    where c.client = $1 and c.per = w.per and c.starts = w.starts`,
};
const book: Statement = {
  name: 'book',
  text: `insert into client_counters(client, per, starts, tokens, cost, requests)
    select $1, w.per, w.starts, $4, $5, greatest($6, 0) from unnest($2::text[], $3::bigint[]) as w(per, starts) order by 2, 3
    on conflict (client, per, starts) do update set tokens = client_counters.tokens + excluded.tokens,
      cost = client_counters.cost + excluded.cost, requests = greatest(client_counters.requests + $6, 0)`,
};
const used: Statement = {
  name: 'used',
  text: `select one.client, w.per, w.starts, coalesce(c.requests, 0) as requests, coalesce(c.tokens, 0) as tokens,
      coalesce(c.cost, 0) as cost
    from unnest($1::text[]) with ordinality as one(client, n)
    cross join unnest($2::text[], $3::bigint[]) with ordinality as w(per, starts, n)
    left join client_counters c on c.client = one.client and c.per = w.per and c.starts = w.starts
    order by one.n, w.n`,
};
/** Longer than the longest window. */
const prune: Statement = {
  name: 'prune_counters',
  text: "delete from client_counters where starts < extract(epoch from now() - interval '40 days') * 1000",
};

interface Waiting {
  readonly resolve: (refusal: Refusal) => void;
  readonly reject: (error: unknown) => void;
}

export class DatabaseCounters implements Counters {
  readonly #database: Database;
  /** Of requests that come while one is asked for: they go together, so that rows are never queued for by many. */
  readonly #gathered = new Map<string, Waiting[]>();

  constructor(database: Database) {
    this.#database = database;
  }

  reserve(client: string, windows: readonly CounterWindow[], limits: readonly CounterLimit[]): Promise<Refusal> {
    const key = JSON.stringify([client, windows, limits]);
    return new Promise((resolve, reject) => {
      const gathered = this.#gathered.get(key);
      if (gathered !== undefined) return void gathered.push({ resolve, reject });
      this.#gathered.set(key, []);
      void this.#ask(key, [{ resolve, reject }], { client, windows, limits });
    });
  }

  async giveBack(client: string, windows: readonly CounterWindow[]): Promise<void> {
    await this.#database.query('count', giveBack, [client, ...columnsOf(windows)]);
  }

  async book(client: string, windows: readonly CounterWindow[], { requests = 0, tokens, cost }: BookedUse) {
    await this.#database.query('count', book, [client, ...columnsOf(windows), tokens, cost, requests]);
  }

  async used(clients: readonly string[], windows: readonly CounterWindow[]): Promise<readonly CounterRow[]> {
    const rows = await this.#database.query('count', used, [clients, ...columnsOf(windows)]);
    return rows.map(({ client, per, starts, requests, tokens, cost }) => ({
      client: String(client),
      per: per as CounterRow['per'],
      startsAt: Number(starts),
      requests: Number(requests),
      tokens: Number(tokens),
      cost: Number(cost),
    }));
  }

  /** Windows that are over. */
  async prune(): Promise<void> {
    await this.#database.query('work', prune);
  }

  async #ask(key: string, waiting: readonly Waiting[], asked: Asked): Promise<void> {
    try {
      const { granted, refusal } = await this.#reserve(asked, waiting.length);
      for (const [index, { resolve }] of waiting.entries()) resolve(index < granted ? [] : refusal);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
    const next = this.#gathered.get(key) ?? [];
    if (next.length === 0) return void this.#gathered.delete(key);
    this.#gathered.set(key, []);
    void this.#ask(key, next, asked);
  }

  /** `refusal`: the limits that left no room for the others. */
  async #reserve({ client, windows, limits }: Asked, wanted: number) {
    const [row] = await this.#database.query('count', reserve, [
      ...[client, wanted, ...columnsOf(windows)],
      limits.map((limit) => windows.findIndex((one) => isSame(one, limit)) + 1),
      limits.map(({ metric }) => metric),
      limits.map(({ max }) => max),
    ]);
    const granted = Number(row?.granted);
    const sums = row?.used as readonly (Record<CounterLimit['metric'], number> & { readonly window: number })[];
    const refusal = limits.filter((limit) => {
      const sum = sums.find(({ window }) => isSame(windows[window - 1], limit));
      if (sum === undefined) return false;
      return limit.metric === 'requests' ? sum.requests + granted + 1 > limit.max : sum[limit.metric] >= limit.max;
    });
    return { granted, refusal };
  }
}

interface Asked {
  readonly client: string;
  readonly windows: readonly CounterWindow[];
  readonly limits: readonly CounterLimit[];
}

const isSame = (one: CounterWindow | undefined, other: CounterWindow) =>
  one?.per === other.per && one.startsAt === other.startsAt;

const columnsOf = (windows: readonly CounterWindow[]) =>
  [windows.map(({ per }) => per), windows.map(({ startsAt }) => startsAt)] as const;
