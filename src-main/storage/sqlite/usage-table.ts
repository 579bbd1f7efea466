// Usage by the hour: sums that outlive the records they were made from.
import type { DatabaseSync } from 'node:sqlite';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import type { EarlierUsage } from '../usage-hours.ts';
import { inTransaction } from './transaction.ts';

/** Beyond this, the oldest hours are dropped. */
const maxHours = 50_000;
/** Finding the oldest takes a while. */
const trimEvery = 1_000;

const sumNames = ['requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;

export class UsageTable {
  readonly #database: DatabaseSync;
  readonly #add;
  readonly #setting;
  readonly #set;
  #addedSinceTrim = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const sums = sumNames.map((name) => `${name} = ${name} + excluded.${name}`).join(', ');
    this.#add = database.prepare(`INSERT INTO usage_hours(hour, api, model, source, last, ${sumNames.join(', ')})
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET last = max(last, excluded.last), ${sums}`);
    this.#setting = database.prepare('SELECT value FROM usage_settings WHERE name = ?');
    this.#set = database.prepare(`INSERT INTO usage_settings(name, value) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET value = excluded.value`);
  }

  add(hours: readonly UsageHour[]): boolean {
    return inTransaction(this.#database, () => {
      if (!this.#isKept) return false;
      this.#addAll(hours);
      return true;
    });
  }

  load(): { readonly kept: boolean; readonly hours: readonly UsageHour[] } {
    const hours = this.#database
      .prepare(`SELECT hour, api, model, source, last, ${sumNames.join(', ')} FROM usage_hours ORDER BY hour`)
      .all() as unknown as UsageHour[];
    return { kept: this.#isKept, hours };
  }

  setKept(kept: boolean): void {
    inTransaction(this.#database, () => this.#setKept(kept));
  }

  takeOver({ digest, kept, hours }: EarlierUsage): void {
    inTransaction(this.#database, () => {
      if (this.#setting.get('taken over')?.value === digest) return;
      this.#set.run('taken over', digest);
      if (!kept) this.#setKept(false);
      else if (this.#isKept) this.#addAll(hours);
    });
  }

  get #isKept(): boolean {
    return this.#setting.get('kept')?.value !== 'no';
  }

  #setKept(kept: boolean): void {
    this.#set.run('kept', kept ? 'yes' : 'no');
    if (!kept) this.#database.exec('DELETE FROM usage_hours');
  }

  #addAll(hours: readonly UsageHour[]): void {
    for (const { hour, api, model, source, last, ...sums } of hours)
      this.#add.run(hour, api, model, source, last, ...sumNames.map((name) => sums[name]));
    this.#addedSinceTrim += hours.length;
    if (this.#addedSinceTrim < trimEvery) return;
    this.#addedSinceTrim = 0;
    this.#database
      .prepare(
        `DELETE FROM usage_hours WHERE hour <
          (SELECT hour FROM usage_hours ORDER BY hour DESC LIMIT 1 OFFSET ${maxHours})`,
      )
      .run();
  }
}
