// One SQLite file per config: `<per-user folder>/history/<8 hex of the config's real path>.sqlite`.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { Emitter } from '../lib/emitter.ts';
import { resolveLinks } from '../lib/files/symbolic-links.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock, Disposer } from '../lib/time/clock.ts';
import type { CooldownStore } from './cooldown-store.ts';
import type { Counters } from './counters.ts';
import type { Ledger } from './ledger.ts';
import type { LimitStore } from './limit-store.ts';
import type { OwnerStore } from './owner-store.ts';
import { isLarge } from './sqlite/database-file.ts';
import { SqliteThread } from './sqlite/sqlite-thread.ts';
import type { Storage, StorageState } from './storage.ts';
import type { UsageHours } from './usage-hours.ts';
import type { WebhookQueue } from './webhook-queue.ts';

/** `userDir`: the program's own folder of this user. */
export function databaseFile(configFile: string, userDir: string): string {
  const digest = createHash('sha256').update(resolveLinks(configFile)).digest('hex').slice(0, 8);
  return path.join(userDir, 'history', `${digest}.sqlite`);
}

export interface SqliteStorageOptions {
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
}

export class SqliteStorage implements Storage {
  readonly file: string;
  readonly ledger: Ledger;
  readonly usage: UsageHours;
  readonly counters: Counters;
  readonly limits: LimitStore;
  readonly cooldowns: CooldownStore;
  readonly owners: OwnerStore;
  readonly webhooks: WebhookQueue;
  readonly #thread: SqliteThread;
  readonly #slow: SqliteThread;
  readonly #log: Logger;
  readonly #changed: Emitter<void>;
  #state: StorageState = { state: 'opening' };
  #setAside: string | undefined;

  /** Returns at once; what is asked meanwhile waits until the file is open. */
  constructor({ file, clock, log }: SqliteStorageOptions) {
    this.file = file;
    this.#log = log;
    this.#changed = new Emitter((error) => log.error(`a listener to the storage failed: ${String(error)}`));
    const onSetAside = (aside: string) => {
      this.#setAside = aside;
      log.error(`${file} was damaged; it was set aside as ${aside}, and a new history begins`);
      this.#changed.emit();
    };
    const thread = new SqliteThread({
      file,
      onState: (reason) => this.#setState(reason),
      onSetAside,
    });
    this.#thread = thread;
    thread.open();
    // Sums of a large file take seconds, for which no request may wait.
    const slow = new SqliteThread({ file, onState: () => {}, onSetAside });
    this.#slow = slow;
    if (isLarge(file)) slow.run('check', undefined).catch(() => {});
    this.ledger = {
      add: (requests) => thread.run('addRequests', JSON.stringify(requests)),
      page: (query) => thread.run('page', query),
      one: (id) => thread.run('one', id),
      clear: () => thread.run('clearRequests', undefined),
      sums: (query) => slow.run('sums', query),
      costSteps: (query) => slow.run('costSteps', query),
      activity: (query) => slow.run('activity', query),
      responseTimes: (query) => slow.run('responseTimes', query),
      prune: (retention) => thread.run('prune', { retention, now: clock.now() }),
    };
    this.usage = {
      load: () => thread.run('loadUsage', undefined),
      add: (hours) => thread.run('addUsage', hours),
      setKept: (kept) => thread.run('setUsageKept', kept),
      takeOver: (earlier) => thread.run('takeUsageOver', earlier),
    };
    this.counters = {
      reserve: (client, windows, limits) => thread.run('reserve', { client, windows, limits }),
      giveBack: (client, windows) => thread.run('giveBack', { client, windows }),
      book: (client, windows, used) => thread.run('book', { client, windows, used }),
      used: (clients, windows) => thread.run('used', { clients, windows }),
    };
    this.limits = {
      load: () => thread.run('loadLimits', undefined),
      save: (limits) => thread.run('saveLimits', limits),
    };
    this.cooldowns = {
      load: () => thread.run('loadCooldowns', undefined),
      save: (changed, ended) => thread.run('saveCooldowns', { changed, ended, now: clock.now() }),
    };
    this.owners = {
      find: (id) => thread.run('findOwner', id),
      save: (ids, credential) => thread.run('saveOwner', { ids, credential }),
    };
    this.webhooks = {
      load: () => thread.run('loadDeliveries', undefined),
      save: (deliveries, max) => thread.run('saveDeliveries', { deliveries, max }),
      remove: (ids) => thread.run('removeDeliveries', ids),
      firstTime: (name) => thread.run('firstTime', { name, now: clock.now() }),
      lease: (owner, ms) => thread.run('lease', { owner, ms, now: clock.now() }),
    };
  }

  get state(): StorageState {
    return this.#state;
  }

  get setAside(): string | undefined {
    return this.#setAside;
  }

  onStateChange(listener: () => void): Disposer {
    return this.#changed.on(listener);
  }

  async close(): Promise<void> {
    await this.#slow.close();
    await this.#thread.close();
  }

  #setState(reason: string | undefined): void {
    const before = this.#state;
    if (reason === undefined ? before.state === 'ready' : before.state === 'unavailable') return;
    this.#state = reason === undefined ? { state: 'ready' } : { state: 'unavailable', reason };
    if (reason !== undefined) this.#log.error(`the history cannot be kept in ${this.file}: ${reason}`);
    else if (before.state === 'unavailable') this.#log.info(`the history is kept in ${this.file} again`);
    this.#changed.emit();
  }
}
