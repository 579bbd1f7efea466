// What other instances changed, in the order of their commits. A notification only says that there is something to read.
import type { Actor } from '../../src-shared/operation.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { Database, Query, Row, Statement } from './connection/database.ts';

export type ChangeKind = 'config' | 'account' | 'login' | 'cooldown' | 'document' | 'schema' | 'bans';

export interface Change {
  readonly subject: string;
  /** With the name of the instance that it came by. */
  readonly actor: Actor;
}

/** `undefined`: too much has changed, so that everything is to be read again. */
export type ChangeListener = (changes: readonly Change[] | undefined) => Promise<void>;

/** Also without a notification, in milliseconds. */
const readEveryMs = 30_000;
const maxRows = 1_000;

const readChanges: Statement = {
  name: 'read_changes',
  text: `select c.id, c.kind, c.subject, c.actor, c.instance, i.name, extract(epoch from clock_timestamp() - c.at) as age from changes c
    left join instances i on i.id = c.instance where c.id > $1 order by c.id limit ${maxRows + 1}`,
};
const newestChange: Statement = {
  name: 'newest_change',
  text: 'select coalesce(max(id), 0)::text as newest, coalesce(min(id), 1)::text as oldest from changes',
};
const pruneChanges: Statement = {
  name: 'prune_changes',
  text: "delete from changes where at < now() - interval '7 days'",
};
const announceChange: Statement = { name: 'announce', text: 'select announce($1, $2, $3, $4, $5)' };

interface ChangesOptions {
  readonly database: Database;
  readonly instance: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export class Changes {
  readonly instance: number;
  readonly #options: ChangesOptions;
  readonly #listeners = new Map<ChangeKind, ChangeListener>();
  readonly #delays: Emitter<number>;
  #last = 0;
  #reading: Promise<void> | undefined;
  #isReadAgain = false;
  #stopTimer: Disposer = () => {};
  #stopListening: Disposer = () => {};

  constructor(options: ChangesOptions) {
    this.instance = options.instance;
    this.#options = options;
    this.#delays = new Emitter((error) => options.log.error(`a listener to changes failed: ${String(error)}`));
  }

  /** Before anything is read that changes are about: none is missed, some may be reported twice. */
  async start(): Promise<void> {
    const { database } = this.#options;
    const [row] = await database.query('work', newestChange);
    this.#last = Number(row?.newest);
    this.#stopListening = database.onNotification(() => void this.read());
    database.onConnected(() => this.#readAfterReconnect());
    this.#schedule();
  }

  /** Called with the seconds that each change of another instance took to come. */
  onDelay(listener: (seconds: number) => void): Disposer {
    return this.#delays.on(listener);
  }

  /** Each kind has one listener. What it rejects with is logged. */
  on(kind: ChangeKind, listener: ChangeListener): void {
    this.#listeners.set(kind, listener);
  }

  /** Tells the other instances, with the transaction that `query` belongs to. */
  async announce(query: Query, write: string, kind: ChangeKind, subject: string, actor: Actor): Promise<void> {
    await query(announceChange, [kind, subject, JSON.stringify(actor), this.instance, write]);
  }

  /** Those that every instance has read long ago. */
  async prune(): Promise<void> {
    await this.#options.database.query('work', pruneChanges);
  }

  /** Reads and passes on what is new. Never rejects. */
  read(): Promise<void> {
    if (this.#reading !== undefined) {
      this.#isReadAgain = true;
      return this.#reading;
    }
    this.#reading = this.#readAll().finally(() => {
      this.#reading = undefined;
      if (this.#isReadAgain) {
        this.#isReadAgain = false;
        void this.read();
      }
    });
    return this.#reading;
  }

  close(): Promise<void> {
    this.#stopTimer();
    this.#stopListening();
    return this.#reading ?? Promise.resolve();
  }

  #schedule(): void {
    this.#stopTimer = this.#options.clock.after(readEveryMs, () => {
      void this.read();
      this.#schedule();
    });
  }

  async #readAll(): Promise<void> {
    const { database, log } = this.#options;
    try {
      const rows = await database.query('work', readChanges, [this.#last]);
      if (rows.length > maxRows) return await this.#reload();
      const last = rows.at(-1);
      if (last === undefined) return;
      await this.#tell(rows.filter(({ instance }) => instance !== this.instance));
      this.#last = Number(last.id);
      for (const { age, instance } of rows) if (instance !== this.instance) this.#delays.emit(Number(age));
    } catch (error) {
      if (!database.isAway) log.warning(`changes of other instances cannot be read: ${(error as Error).message}`);
    }
  }

  /** A database that took over may be behind what was known, and rows that were not read may be gone. */
  async #readAfterReconnect(): Promise<void> {
    const [row] = await this.#options.database.query('work', newestChange);
    const isGap = Number(row?.newest) < this.#last || Number(row?.oldest) > this.#last + 1;
    if (isGap) await this.#reload();
    else await this.read();
  }

  async #reload(): Promise<void> {
    const { database } = this.#options;
    const [row] = await database.query('work', newestChange);
    for (const listener of this.#listeners.values()) await this.#call(listener, undefined);
    this.#last = Number(row?.newest);
  }

  async #tell(rows: readonly Row[]): Promise<void> {
    for (const [kind, some] of Map.groupBy(rows, (row) => row.kind)) {
      const listener = this.#listeners.get(kind as ChangeKind);
      const changes = some.map(({ subject, actor, name }) => ({
        subject: String(subject),
        actor: { ...(actor as Actor), ...(typeof name === 'string' && { instance: name }) },
      }));
      if (listener !== undefined) await this.#call(listener, changes);
    }
  }

  async #call(listener: ChangeListener, changes: readonly Change[] | undefined): Promise<void> {
    const { database, log } = this.#options;
    try {
      await listener(changes);
    } catch (error) {
      // Then it is read again after the reconnect.
      if (database.isAway) throw error;
      log.warning(`a change of another instance was not taken over: ${(error as Error).message}`);
    }
  }
}
