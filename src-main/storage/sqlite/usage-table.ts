// Usage by the hour: sums that outlive the records they were made from.
import type { DatabaseSync } from 'node:sqlite';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import type { StoredRequest } from '../ledger.ts';
import { inTransaction } from './transaction.ts';

const hourSeconds = 3600;
/** Beyond this, the oldest hours are dropped. */
const maxHours = 50_000;

const sumNames = ['requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;

export class UsageTable {
  readonly #database: DatabaseSync;
  readonly #add;
  #addedSinceTrim = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const sums = sumNames.map((name) => `${name} = ${name} + excluded.${name}`).join(', ');
    this.#add = database.prepare(`INSERT INTO usage_hours(hour, api, model, source, last, ${sumNames.join(', ')})
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET last = max(last, excluded.last), ${sums}`);
  }

  /** Within a transaction. */
  count(requests: readonly StoredRequest[]): void {
    const hours = requests.flatMap((request) => hourOf(request) ?? []);
    for (const hour of merged(hours)) this.#addHour(hour);
    this.#addedSinceTrim += hours.length;
    if (this.#addedSinceTrim < 1_000) return;
    this.#addedSinceTrim = 0;
    this.#trim();
  }

  add(hours: readonly UsageHour[]): void {
    inTransaction(this.#database, () => {
      for (const hour of hours) this.#addHour(hour);
      this.#trim();
    });
  }

  all(): readonly UsageHour[] {
    return this.#database
      .prepare(`SELECT hour, api, model, source, last, ${sumNames.join(', ')} FROM usage_hours ORDER BY hour`)
      .all() as unknown as UsageHour[];
  }

  clear(): void {
    this.#database.exec('DELETE FROM usage_hours');
  }

  #addHour({ hour, api, model, source, last, ...sums }: UsageHour): void {
    this.#add.run(hour, api, model, source, last, ...sumNames.map((name) => sums[name]));
  }

  #trim(): void {
    this.#database
      .prepare(
        `DELETE FROM usage_hours WHERE hour <
          (SELECT hour FROM usage_hours ORDER BY hour DESC LIMIT 1 OFFSET ${maxHours})`,
      )
      .run();
  }
}

function hourOf({ record, usage }: StoredRequest): UsageHour | undefined {
  if (usage === undefined) return undefined;
  const last = Math.floor(Date.parse(record.started_at) / 1000);
  const { input, output, reasoning, cache_read, cache_write } = record.tokens;
  const { api, model, source, failed } = usage;
  return {
    ...{ hour: last - (last % hourSeconds), api, model, source, last, requests: 1, failed: Number(failed) },
    ...{ input: input ?? 0, output: output ?? 0, reasoning: reasoning ?? 0, cached: cache_read || cache_write || 0 },
    total: (input ?? 0) + (output ?? 0),
  };
}

function merged(hours: readonly UsageHour[]): readonly UsageHour[] {
  const sums = new Map<string, UsageHour>();
  for (const hour of hours) {
    const key = JSON.stringify([hour.hour, hour.api, hour.model, hour.source]);
    const before = sums.get(key);
    sums.set(key, before === undefined ? hour : added(before, hour));
  }
  return [...sums.values()];
}

const added = (one: UsageHour, other: UsageHour): UsageHour => ({
  ...one,
  last: Math.max(one.last, other.last),
  ...(Object.fromEntries(sumNames.map((name) => [name, one[name] + other[name]])) as Pick<
    UsageHour,
    (typeof sumNames)[number]
  >),
});
