// How many requests run at the same time on all instances. Each instance has its own rows, which count while it lives.
import type { SlotBound, Slots } from '../../storage/slots.ts';
import type { Database, Statement } from '../connection/database.ts';
import type { DatabaseSecret } from '../secret.ts';

const take: Statement = { name: 'take_slots', text: 'select take_slots($1, $2, $3) as full' };
const release: Statement = {
  name: 'release_slots',
  text: 'update slots set n = greatest(n - 1, 0) where owner = any($1::bytea[]) and instance = $2',
};
/** With those of instances that are gone. */
const restore: Statement = {
  name: 'restore_slots',
  text: `with gone as (delete from slots where instance not in (select id from instances))
    insert into slots(owner, instance, n) select o, $2, n from unnest($1::bytea[], $3::int[]) as held(o, n) order by o
    on conflict (owner, instance) do update set n = excluded.n`,
};

interface SlotsOptions {
  readonly database: Database;
  readonly secret: DatabaseSecret;
  readonly instance: number;
}

export class DatabaseSlots implements Slots {
  readonly #options: SlotsOptions;
  /** What this instance holds, by owner in hex; 0 once it held some. */
  readonly #held = new Map<string, number>();

  constructor(options: SlotsOptions) {
    this.#options = options;
    options.database.onConnected(() => this.#restore());
  }

  async take(bounds: readonly SlotBound[]): Promise<SlotBound | undefined> {
    const { database, instance } = this.#options;
    const ordered = bounds
      .map((bound) => ({ bound, owner: this.#ownerOf(bound) }))
      .sort((one, other) => Buffer.compare(one.owner, other.owner));
    const owners = ordered.map(({ owner }) => owner);
    this.#count(owners, 1);
    try {
      const [row] = await database.query('count', take, [owners, ordered.map(({ bound }) => bound.max), instance]);
      const full = ordered[Number(row?.full) - 1]?.bound;
      if (full !== undefined) this.#count(owners, -1);
      return full;
    } catch {
      // What it holds is written once the database is back.
      return undefined;
    }
  }

  release(bounds: readonly SlotBound[]): void {
    const { database, instance } = this.#options;
    const owners = bounds.map((bound) => this.#ownerOf(bound));
    this.#count(owners, -1);
    database.query('count', release, [owners, instance]).catch(() => {});
  }

  /** Those that are over, and of instances that are gone. */
  async prune(): Promise<void> {
    for (const [owner, n] of this.#held) if (n === 0) this.#held.delete(owner);
    await this.#options.database.query('work', {
      name: 'prune_slots',
      text: 'delete from slots where n = 0 or instance not in (select id from instances)',
    });
  }

  /** Whatever was counted while nobody answered. */
  async #restore(): Promise<void> {
    const { database, instance } = this.#options;
    const owners = [...this.#held.keys()].map((owner) => Buffer.from(owner, 'hex'));
    await database.query('count', restore, [owners, instance, [...this.#held.values()]]);
  }

  #count(owners: readonly Buffer[], change: number): void {
    for (const owner of owners) {
      const name = owner.toString('hex');
      this.#held.set(name, Math.max(0, (this.#held.get(name) ?? 0) + change));
    }
  }

  #ownerOf = ({ id }: SlotBound): Buffer => this.#options.secret.bytes('slot', id).subarray(0, 16);
}
