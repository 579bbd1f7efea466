// The table of finished requests: adding, removing, and reading single ones.
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Retention, StoredRequest } from '../ledger.ts';
import { idBytes, idBytesAt } from '../request-id.ts';
import { detailOf, recordColumns, recordOf, routeOf } from './request-rows.ts';
import { dayOf, SharedTexts } from './shared-texts.ts';
import { inTransaction } from './transaction.ts';

const dayMs = 24 * 3600 * 1000;
/** Rows that are removed at once: other commands wait no longer than for these. */
const removedAtOnce = 5_000;
/** Below this share of the size limit removing stops, so that not every batch removes a few. */
const lowShare = 0.95;

export class RequestTable {
  readonly #database: DatabaseSync;
  readonly #texts: SharedTexts;
  readonly #add;
  readonly #one;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#texts = new SharedTexts(database);
    this.#add = database.prepare(`INSERT OR IGNORE INTO requests(id, facet, started, first_byte_ms, total_ms, input,
      output, reasoning, cache_read, cache_write, usd, session, error, route, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#one = database.prepare(`SELECT ${recordColumns},
      (SELECT text FROM texts WHERE texts.id = requests.route) AS route
      FROM requests JOIN facets ON facets.id = requests.facet WHERE requests.id = ?`);
  }

  add(requests: readonly StoredRequest[]): void {
    try {
      inTransaction(this.#database, () => {
        for (const request of requests) this.#addOne(request);
      });
    } catch (error) {
      this.#texts.forget();
      throw error;
    }
  }

  #addOne({ record, route }: StoredRequest): void {
    const started = Date.parse(record.started_at);
    const day = dayOf(started);
    const { tokens, cost } = record;
    this.#add.run(
      idBytes(record.id),
      this.#texts.facet(record, day),
      started,
      record.first_byte_ms,
      record.total_ms,
      tokens.input,
      tokens.output,
      tokens.reasoning,
      tokens.cache_read,
      tokens.cache_write,
      cost.usd,
      this.#texts.text('session', record.session_id, day),
      this.#texts.text('error', record.error, day),
      this.#texts.text('route', route.length === 0 ? null : JSON.stringify(route), day),
      detailOf(record),
    );
  }

  one(id: string): StoredRequest | undefined {
    const row = this.#one.get(idBytes(id));
    return row === undefined ? undefined : { record: recordOf(row), route: routeOf(row.route) };
  }

  async clear(): Promise<number> {
    const removed = await this.#remove(() => true);
    this.#giveBack();
    return removed;
  }

  async prune({ days, maxMb }: Retention, now: number): Promise<number> {
    const maxBytes = maxMb * 1024 * 1024;
    const byAge = days > 0 ? await this.#remove(() => true, idBytesAt(now - days * dayMs)) : 0;
    const isLarge = maxMb > 0 && this.#bytes() > maxBytes;
    const bySize = isLarge ? await this.#remove(() => this.#bytes() > maxBytes * lowShare) : 0;
    if (byAge + bySize > 0) this.#giveBack();
    return byAge + bySize;
  }

  /** What is in use: pages of the file without the free ones. */
  #bytes(): number {
    const number = (pragma: string) => Number(Object.values(this.#database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]);
    return (number('page_count') - number('freelist_count')) * number('page_size');
  }

  /** Removes the oldest before `limit` while `goesOn`, and the texts that only they had. */
  async #remove(goesOn: () => boolean, limit: Uint8Array = Buffer.alloc(16, 0xff)): Promise<number> {
    const remove = this.#database.prepare(
      'DELETE FROM requests WHERE id IN (SELECT id FROM requests WHERE id < ? ORDER BY id LIMIT ?)',
    );
    let removed = 0;
    while (goesOn()) {
      const changes = Number(remove.run(limit, removedAtOnce).changes);
      removed += changes;
      if (changes > 0) this.#removeTexts();
      if (changes < removedAtOnce) break;
      await yieldToOthers();
    }
    return removed;
  }

  /** Texts and facets before the oldest request, and of its day those that no request has. */
  #removeTexts(): void {
    const oldest = this.#database.prepare('SELECT started FROM requests ORDER BY id LIMIT 1').get()?.started;
    const day = oldest === undefined ? Number.MAX_SAFE_INTEGER : dayOf(Number(oldest));
    for (const table of ['facets', 'texts']) this.#database.prepare(`DELETE FROM ${table} WHERE day < ?`).run(day);
    const unused: readonly (readonly [table: string, column: string, kind: string])[] = [
      ['facets', 'facet', ''],
      ['texts', 'session', "AND kind = 'session'"],
      ['texts', 'error', "AND kind = 'error'"],
    ];
    for (const [table, column, kind] of unused) {
      this.#database
        .prepare(
          `DELETE FROM ${table} WHERE day = ? ${kind}
            AND NOT EXISTS (SELECT 1 FROM requests WHERE requests.${column} = ${table}.id)`,
        )
        .run(day);
    }
    this.#texts.forget();
  }

  /** Returns the room of removed rows to the system. */
  #giveBack(): void {
    this.#database.exec('PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)');
  }
}
