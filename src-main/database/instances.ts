// The instances that share the database, each known by its heartbeat.
import type { Instance } from '../../src-shared/contract/instances.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { Database, Statement } from './connection/database.ts';

const heartbeatMs = 5_000;
/** After so long without a heartbeat an instance counts as dead. */
export const deadAfter = "interval '15 seconds'";
const maxClockOffsetMs = 2_000;
/** Less is the time that the question took. */
const minCorrectionMs = 10;

const insertInstance: Statement = {
  name: 'insert_instance',
  text: `with gone as (delete from instances where seen_at < now() - interval '1 day')
    insert into instances(name, version, address) values ($1, $2, $3) returning id`,
};
const removeInstance: Statement = { name: 'remove_instance', text: 'delete from instances where id = $1' };
const listInstances: Statement = {
  name: 'list_instances',
  text: `select id, name, version, address, started_at, seen_at, running from instances
    where seen_at > now() - ${deadAfter} order by name, id`,
};

/** Its number, new with each start. */
export async function enterInstance(database: Database, name: string, version: string): Promise<number> {
  const [row] = await database.query('work', insertInstance, [name, version, '']);
  return Number(row?.id);
}

interface InstancesOptions {
  readonly database: Database;
  readonly id: number;
  readonly name: string;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a heartbeat says of this instance. */
export interface Heartbeat {
  readonly address: () => string;
  readonly running: () => number;
}

export class Instances {
  readonly #options: InstancesOptions;
  #heartbeat: Heartbeat = { address: () => '', running: () => 0 };
  #stopTimer: Disposer = () => {};
  #clockOffsetMs = 0;
  /** The part of it that is made up for, which measurements that differ by little do not change. */
  #correctionMs = 0;
  #isOffsetSaid = false;
  #count = 1;

  constructor(options: InstancesOptions) {
    this.#options = options;
    options.database.onConnected(() => this.#beat());
  }

  /** By how much the clock of the database is ahead of this machine's. */
  get clockOffsetMs(): number {
    return this.#clockOffsetMs;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Milliseconds since the epoch by the clock of the database, so that times of all instances are in one order. */
  now = (): number => this.#options.clock.now() + this.#correctionMs;

  /** Instances that lived at the last heartbeat. */
  get count(): number {
    return this.#count;
  }

  start(heartbeat: Heartbeat): void {
    this.#heartbeat = heartbeat;
    void this.#beatAndGoOn();
  }

  async list(): Promise<readonly Instance[]> {
    const rows = await this.#options.database.query('work', listInstances);
    return rows.map((row) => ({
      name: String(row.name),
      version: String(row.version),
      address: String(row.address),
      started_at: (row.started_at as Date).toISOString(),
      seen_at: (row.seen_at as Date).toISOString(),
      running: Number(row.running),
      self: row.id === this.#options.id,
    }));
  }

  async close(): Promise<void> {
    this.#stopTimer();
    const { database, id } = this.#options;
    if (!database.isAway) await database.query('work', removeInstance, [id]).catch(() => {});
  }

  async #beatAndGoOn(): Promise<void> {
    const { database, clock, log } = this.#options;
    if (!database.isAway)
      await this.#beat().catch((error: unknown) => {
        database.controlFailed(error);
        if (!database.isAway) log.debug(`a heartbeat failed: ${(error as Error).message}`);
      });
    this.#stopTimer = clock.after(heartbeatMs, () => void this.#beatAndGoOn());
  }

  /** On the control connection, so that it finds out when that is broken. */
  async #beat(): Promise<void> {
    const { database, id, name, version, log } = this.#options;
    const began = Date.now();
    // A database that was restored or was thought dead may not know this instance any more.
    const [row] = await database.control.query(
      `insert into instances(id, name, version, address, running) overriding system value values ($1, $2, $3, $4, $5)
        on conflict (id) do update set seen_at = now(), address = excluded.address, running = excluded.running
        returning extract(epoch from clock_timestamp()) * 1000 as now,
          (select count(*) from instances where seen_at > now() - ${deadAfter}) as count`,
      [id, name, version, this.#heartbeat.address(), this.#heartbeat.running()],
    );
    this.#count = Math.max(1, Number(row?.count));
    this.#clockOffsetMs = Number(row?.now) - (began + Date.now()) / 2;
    if (Math.abs(this.#clockOffsetMs - this.#correctionMs) > minCorrectionMs)
      this.#correctionMs = Math.round(this.#clockOffsetMs);
    const isFar = Math.abs(this.#clockOffsetMs) > maxClockOffsetMs;
    if (isFar && !this.#isOffsetSaid)
      log.warning(
        `the clock of this machine is ${Math.round(Math.abs(this.#clockOffsetMs) / 1_000)} s off the database's`,
      );
    this.#isOffsetSaid = isFar;
  }
}
