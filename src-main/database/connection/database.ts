// The connections of this instance, few and fixed, and whether the database can be asked.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Disposer } from '../../lib/time/clock.ts';
import type { DatabaseAddress } from '../address.ts';
import { Control } from './control.ts';
import { databaseAway, isAway, problemOf, reasonOf } from './errors.ts';
import { createPool, Hosts } from './session.ts';
import { begin, rollback, timed } from './statement.ts';

/** `count`: what a request waits for; `work`: everything else. */
export type PoolName = 'count' | 'work';

export interface Statement {
  /** Prepared once per connection under this name; metrics go by it. */
  readonly name: string;
  readonly text: string;
}

export type Row = Record<string, unknown>;

/** Statements in one transaction. */
export type Query = (statement: Statement, values?: readonly unknown[]) => Promise<readonly Row[]>;

export interface DatabaseOptions {
  readonly address: DatabaseAddress;
  /** Of this instance. */
  readonly name: string;
  readonly log: Logger;
}

const countConnections = 2;
/** Milliseconds. */
const queryMs = { count: 1_000, work: 6_000 } as const;
/** Of a whole write by people, who get an answer within two seconds. */
const writeMs = 1_800;
/** What is left for a statement near the end of that. */
const minMs = 50;
/** How long a write whose commit got no answer may wait to be found. */
const commitMs = 5_000;
const checkMs = 100;

export class Database {
  readonly address: DatabaseAddress;
  readonly control: Control;
  readonly #options: DatabaseOptions;
  readonly #hosts: Hosts;
  readonly #changed: Emitter<boolean>;
  readonly #notified: Emitter<void>;
  readonly #connected = new Set<() => Promise<void>>();
  readonly #timed: Emitter<{ readonly name: string; readonly seconds: number }>;
  #pools: Readonly<Record<PoolName, pg.Pool>>;
  #isAway = false;
  #isClosed = false;

  constructor(options: DatabaseOptions) {
    const { address, name, log } = options;
    this.#options = options;
    this.address = address;
    this.#hosts = new Hosts(address);
    const onError = (error: unknown) => log.error(`a listener of the database failed: ${String(error)}`);
    this.#changed = new Emitter(onError);
    this.#notified = new Emitter(onError);
    this.#timed = new Emitter(onError);
    this.control = new Control({
      ...{ address, hosts: this.#hosts, name },
      onNotification: () => this.#notified.emit(),
      onLost: (error) => this.#lose(error),
    });
    this.#pools = this.#createPools();
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** Called with true when it goes away, false when it is back and everything that changed meanwhile is read. */
  onAway(listener: (isAway: boolean) => void): Disposer {
    return this.#changed.on(listener);
  }

  onNotification(listener: () => void): Disposer {
    return this.#notified.on(listener);
  }

  /** Run after every reconnect, before it counts as back. */
  onConnected(task: () => Promise<void>): void {
    this.#connected.add(task);
  }

  /** Called with the time that each statement took. */
  onTimed(listener: (timing: { readonly name: string; readonly seconds: number }) => void): Disposer {
    return this.#timed.on(listener);
  }

  /** Connections by pool, for metrics. */
  get connections(): readonly { readonly pool: string; readonly state: 'idle' | 'busy'; readonly count: number }[] {
    return Object.entries(this.#pools).flatMap(([pool, { idleCount, totalCount }]) => [
      { pool, state: 'idle' as const, count: idleCount },
      { pool, state: 'busy' as const, count: totalCount - idleCount },
    ]);
  }

  /** Rejects with Problem `database_away` while it cannot be asked. `timeoutMs`: default, that of the pool. */
  async query(
    pool: PoolName,
    { name, text }: Statement,
    values: readonly unknown[] = [],
    timeoutMs = queryMs[pool],
  ): Promise<readonly Row[]> {
    if (this.#isAway) throw databaseAway();
    const began = performance.now();
    try {
      return (await this.#pools[pool].query(timed({ name, text }, values, timeoutMs))).rows;
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#timed.emit({ name, seconds: (performance.now() - began) / 1_000 });
    }
  }

  /**
   * A write: all of `task` or nothing. It gets the write's id, by which it is found where the commit gets no answer.
   * After `timeoutMs` in all the database counts as away. Rejects with what `task` throws, or Problem `database_away`.
   */
  async transaction<T>(task: (query: Query, write: string) => Promise<T>, timeoutMs = writeMs): Promise<T> {
    if (this.#isAway) throw databaseAway();
    const write = randomUUID();
    const until = performance.now() + timeoutMs;
    let committing: { readonly result: T } | undefined;
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#pools.work.connect();
      const own = client;
      const query: Query = async (statement, values = []) =>
        (await own.query(timed(statement, values, Math.max(minMs, until - performance.now())))).rows;
      await own.query(timed({ name: '', text: begin }, undefined, timeoutMs));
      const result = await task(query, write);
      committing = { result };
      await query({ name: '', text: 'commit' });
      client.release();
      return result;
    } catch (error) {
      const gone = isAway(error);
      // Whatever the server still gets of it ends with the connection.
      if (gone) client?.release(true);
      else await rollback(client);
      const problem = this.#failed(error);
      if (gone && committing !== undefined && (await this.#isCommitted(write, error))) return committing.result;
      throw problem;
    }
  }

  /** Resolves once it is connected. Rejects with what the server says. */
  connect(): Promise<void> {
    return this.control.connect();
  }

  /** A statement on the control connection failed. */
  controlFailed(error: unknown): void {
    if (isAway(error)) this.#lose(error);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.control.close();
    await Promise.all(Object.values(this.#pools).map((pool) => pool.end().catch(() => {})));
  }

  #createPools(): Readonly<Record<PoolName, pg.Pool>> {
    const { address, name } = this.#options;
    const common = { address, hosts: this.#hosts, name };
    const work = address.connections - 1 - (address.connections > countConnections + 1 ? countConnections : 1);
    return {
      count: createPool({
        ...{ ...common, max: address.connections - 1 - work, min: 1 },
        ...{ queryMs: queryMs.count, isCounting: true },
      }),
      work: createPool({ ...common, max: work, min: 1, queryMs: queryMs.work, isCounting: false }),
    };
  }

  #failed(error: unknown): unknown {
    if (isAway(error)) this.#lose(error);
    return problemOf(error);
  }

  #lose(error: unknown): void {
    if (this.#isAway || this.#isClosed) return;
    this.#isAway = true;
    const { log, address } = this.#options;
    log.warning(`the database ${address.label} is away: ${reasonOf(error)}; requests are served from memory`);
    this.control.drop();
    const old = Object.values(this.#pools);
    if ((error as { readonly code?: string }).code === '25006') this.#hosts.next();
    for (const pool of old) pool.end().catch(() => {});
    this.#changed.emit(true);
    void this.#comeBack();
  }

  async #comeBack(): Promise<void> {
    const { log, address } = this.#options;
    while (!this.#isClosed) {
      await this.control.reconnect();
      if (this.#isClosed) return;
      this.#pools = this.#createPools();
      this.#isAway = false;
      try {
        for (const task of this.#connected) await task();
        log.info(`the database ${address.label} is back`);
        this.#changed.emit(false);
        return;
      } catch (error) {
        // It may have been lost again meanwhile, and then another one waits for it.
        if (this.#isAway) return;
        this.#isAway = true;
        log.warning(`the database is not usable yet: ${(error as Error).message}`);
        this.control.drop();
        for (const pool of Object.values(this.#pools)) pool.end().catch(() => {});
      }
    }
  }

  /** The answer to a commit is missing: whether it was made stands in the list of changes. */
  async #isCommitted(write: string, cause: unknown): Promise<boolean> {
    const until = performance.now() + commitMs;
    while (performance.now() < until && !this.#isClosed) {
      await sleep(checkMs, undefined, { ref: false });
      const found = this.#isAway ? undefined : await this.query('work', findWrite, [write]).catch(() => undefined);
      if (found !== undefined) return found.length > 0;
    }
    throw databaseAway('The database went away while it saved; it may have been saved. Look again in a moment.', cause);
  }
}

const findWrite: Statement = { name: 'find_write', text: 'select 1 from changes where write = $1' };
