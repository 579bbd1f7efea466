// Requests, counters, limits, cooldowns, usage and webhooks of all instances.
import { Emitter } from '../../lib/emitter.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Disposer } from '../../lib/time/clock.ts';
import type { CooldownStore } from '../../storage/cooldown-store.ts';
import type { Counters } from '../../storage/counters.ts';
import type { Ledger, Retention } from '../../storage/ledger.ts';
import type { LimitStore } from '../../storage/limit-store.ts';
import type { OwnerStore } from '../../storage/owner-store.ts';
import { type Storage, type StorageState, StorageUnavailable } from '../../storage/storage.ts';
import type { UsageHours } from '../../storage/usage-hours.ts';
import type { WebhookQueue } from '../../storage/webhook-queue.ts';
import type { Changes } from '../changes.ts';
import type { Database } from '../connection/database.ts';
import type { Sealing } from '../sealing.ts';
import type { DatabaseSecret } from '../secret.ts';
import { DatabaseBindings } from './bindings.ts';
import { DatabaseCooldowns } from './cooldowns.ts';
import { DatabaseCounters } from './counters.ts';
import { DatabaseLedger } from './ledger.ts';
import { DatabaseSlots } from './slots.ts';
import { DatabaseUsage, limitStore, ownerStore, webhookQueue } from './small-tables.ts';

interface PostgresStorageOptions {
  readonly database: Database;
  readonly changes: Changes;
  readonly sealing: Sealing;
  readonly secret: DatabaseSecret;
  readonly log: Logger;
}

export class PostgresStorage implements Storage {
  readonly file: string;
  readonly ledger: Ledger;
  readonly usage: UsageHours;
  readonly counters: Counters;
  readonly limits: LimitStore;
  readonly cooldowns: CooldownStore;
  readonly owners: OwnerStore;
  readonly webhooks: WebhookQueue;
  readonly bindings: DatabaseBindings;
  readonly slots: DatabaseSlots;
  readonly setAside = undefined;
  readonly #database: Database;
  readonly #changed: Emitter<void>;
  readonly #stopListening: Disposer;

  constructor({ database, changes, sealing, secret, log }: PostgresStorageOptions) {
    this.#database = database;
    this.file = database.address.label;
    this.#changed = new Emitter((error) => log.error(`a listener to the storage failed: ${String(error)}`));
    this.#stopListening = database.onAway(() => this.#changed.emit());
    const ledger = new DatabaseLedger(database);
    const counters = new DatabaseCounters(database);
    const usage = new DatabaseUsage(database);
    this.bindings = new DatabaseBindings(database, secret, sealing);
    this.slots = new DatabaseSlots({ database, secret, instance: changes.instance });
    const prune = async (retention: Retention) => {
      await Promise.all([counters.prune(), usage.prune(), this.bindings.prune(), this.slots.prune(), changes.prune()]);
      return ledger.prune(retention);
    };
    this.ledger = unavailableWhenAway(database, {
      add: (requests) => ledger.add(requests),
      page: (query) => ledger.page(query),
      one: (id) => ledger.one(id),
      clear: () => ledger.clear(),
      sums: (query) => ledger.sums(query),
      costSteps: (query) => ledger.costSteps(query),
      activity: (query) => ledger.activity(query),
      responseTimes: (query) => ledger.responseTimes(query),
      prune,
    });
    this.usage = usage;
    this.counters = counters;
    this.limits = limitStore(database);
    this.cooldowns = new DatabaseCooldowns(database, changes);
    this.owners = ownerStore(database);
    this.webhooks = webhookQueue(database, sealing);
  }

  get state(): StorageState {
    if (!this.#database.isAway) return { state: 'ready' };
    return { state: 'unavailable', reason: `The database ${this.file} does not answer.` };
  }

  onStateChange(listener: () => void): Disposer {
    return this.#changed.on(listener);
  }

  /** The connections belong to whoever opened them. */
  async close(): Promise<void> {
    this.#stopListening();
  }
}

/** Readers of the history tell a store that cannot be asked from an error. */
function unavailableWhenAway(database: Database, ledger: Ledger): Ledger {
  const guarded = Object.entries(ledger).map(([name, method]) => [
    name,
    async (...args: readonly unknown[]) => {
      try {
        return await (method as (...given: readonly unknown[]) => Promise<unknown>)(...args);
      } catch (error) {
        throw database.isAway ? new StorageUnavailable((error as Error).message) : error;
      }
    },
  ]);
  return Object.fromEntries(guarded) as Ledger;
}
