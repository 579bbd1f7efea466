// The small tables: limits, cooldowns, owners, and webhooks that wait.
import type { DatabaseSync } from 'node:sqlite';
import type { CooldownName, StoredCooldown } from '../cooldown-store.ts';
import type { StoredLimits } from '../limit-store.ts';
import { maxOwners } from '../owner-store.ts';
import type { WaitingDelivery } from '../webhook-queue.ts';
import { inTransaction } from './transaction.ts';

/** Longer than any window of a limit. Milliseconds. */
const noticeMs = 60 * 24 * 3600 * 1000;

export const limitTable = {
  load: (database: DatabaseSync): readonly StoredLimits[] =>
    database
      .prepare('SELECT credential, seen_at, content FROM account_limits')
      .all()
      .map(({ credential, seen_at, content }) => ({
        credential: String(credential),
        seenAt: Number(seen_at),
        content: JSON.parse(String(content)),
      })),
  save(database: DatabaseSync, limits: readonly StoredLimits[]): void {
    const put = database.prepare(`INSERT INTO account_limits(credential, seen_at, content) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at, content = excluded.content
      WHERE excluded.seen_at >= seen_at`);
    inTransaction(database, () => {
      for (const { credential, seenAt, content } of limits) put.run(credential, seenAt, JSON.stringify(content));
    });
  },
};

export interface CooldownChanges {
  readonly changed: readonly StoredCooldown[];
  readonly ended: readonly CooldownName[];
  readonly now: number;
}

export const cooldownTable = {
  load: (database: DatabaseSync): readonly StoredCooldown[] =>
    database
      .prepare('SELECT credential, model, kind, until, status, level, message FROM cooldowns')
      .all() as unknown as readonly StoredCooldown[],
  /** Those that are over go with every write. `now` in milliseconds since the epoch. */
  save(database: DatabaseSync, { changed, ended, now }: CooldownChanges): void {
    inTransaction(database, () => {
      database.prepare('DELETE FROM cooldowns WHERE until <= ?').run(now);
      const remove = database.prepare('DELETE FROM cooldowns WHERE credential = ? AND model = ?');
      for (const { credential, model } of ended) remove.run(credential, model);
      const put = database.prepare(
        `INSERT OR REPLACE INTO cooldowns(credential, model, kind, until, status, level, message)
          VALUES (?, ?, ?, ?, ?, ?, ?)`,
      );
      for (const { credential, model, kind, until, status, level, message } of changed) {
        put.run(credential, model, kind, until, status, level, message);
      }
    });
  },
};

export const ownerTable = {
  find(database: DatabaseSync, id: string): string | undefined {
    const row = database.prepare('SELECT credential FROM owners WHERE id = ?').get(id);
    return row && String(row.credential);
  },
  save(database: DatabaseSync, ids: readonly string[], credential: string): void {
    inTransaction(database, () => {
      const put = database.prepare('INSERT OR REPLACE INTO owners(id, credential) VALUES (?, ?)');
      for (const id of ids) put.run(id, credential);
      database.prepare('DELETE FROM owners WHERE number <= (SELECT max(number) FROM owners) - ?').run(maxOwners);
    });
  },
};

export const deliveryTable = {
  load: (database: DatabaseSync): readonly WaitingDelivery[] =>
    database
      .prepare('SELECT id, receiver, body, created_at, next_at, attempts FROM deliveries ORDER BY created_at, id')
      .all()
      .map(({ id, receiver, body, created_at, next_at, attempts }) => ({
        id: String(id),
        receiver: String(receiver),
        body: String(body),
        createdAt: Number(created_at),
        nextAt: Number(next_at),
        attempts: Number(attempts),
      })),
  save(database: DatabaseSync, deliveries: readonly WaitingDelivery[], maxPerReceiver: number): void {
    inTransaction(database, () => {
      const put = database.prepare(`INSERT INTO deliveries(id, receiver, body, created_at, next_at, attempts)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET next_at = excluded.next_at, attempts = excluded.attempts`);
      for (const { id, receiver, body, createdAt, nextAt, attempts } of deliveries) {
        put.run(id, receiver, body, createdAt, nextAt, attempts);
      }
      const trim = database.prepare(`DELETE FROM deliveries WHERE receiver = ?1 AND id NOT IN
        (SELECT id FROM deliveries WHERE receiver = ?1 ORDER BY created_at DESC, id DESC LIMIT ?2)`);
      for (const receiver of new Set(deliveries.map((one) => one.receiver))) trim.run(receiver, maxPerReceiver);
    });
  },
  remove(database: DatabaseSync, ids: readonly string[]): void {
    inTransaction(database, () => {
      const remove = database.prepare('DELETE FROM deliveries WHERE id = ?');
      for (const id of ids) remove.run(id);
    });
  },
  firstTime(database: DatabaseSync, name: string, now: number): boolean {
    database.prepare('DELETE FROM sent_notices WHERE at < ?').run(now - noticeMs);
    return database.prepare('INSERT OR IGNORE INTO sent_notices(name, at) VALUES (?, ?)').run(name, now).changes === 1;
  },
  lease(database: DatabaseSync, { owner, ms, now }: { owner: string; ms: number; now: number }): boolean {
    const { changes } = database
      .prepare(`INSERT INTO leases(name, owner, until) VALUES ('webhooks', ?1, ?2)
        ON CONFLICT DO UPDATE SET owner = ?1, until = ?2 WHERE owner = ?1 OR until <= ?3`)
      .run(owner, now + ms, now);
    return changes === 1;
  },
};
