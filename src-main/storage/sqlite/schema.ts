// The tables of the file, in steps that are only ever added to. A text that many requests share is kept once a day, so
// that it can go with the last request of its day.
import type { DatabaseSync } from 'node:sqlite';

const steps: readonly string[] = [
  `
  CREATE TABLE facets(
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, day INTEGER NOT NULL,
    key_id TEXT, key TEXT, key_name TEXT, client_ip TEXT, user_agent TEXT, form TEXT NOT NULL, model TEXT,
    model_sent TEXT, provider TEXT, source TEXT, credential TEXT, auth_index TEXT, chain TEXT, status INTEGER,
    outcome TEXT, stream INTEGER NOT NULL, estimated INTEGER, cost_basis TEXT NOT NULL, billed INTEGER NOT NULL
  );
  CREATE INDEX facets_day ON facets(day);
  CREATE TABLE texts(
    id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, day INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL
  );
  CREATE INDEX texts_day ON texts(day);
  CREATE TABLE requests(
    id BLOB PRIMARY KEY, facet INTEGER NOT NULL, started INTEGER NOT NULL, first_byte_ms INTEGER, total_ms INTEGER,
    input INTEGER, output INTEGER, reasoning INTEGER, cache_read INTEGER, cache_write INTEGER, usd REAL,
    session INTEGER, error INTEGER, route INTEGER, detail TEXT
  ) WITHOUT ROWID;
  CREATE INDEX requests_facet ON requests(facet);
  CREATE INDEX requests_session ON requests(session) WHERE session IS NOT NULL;
  CREATE INDEX requests_error ON requests(error) WHERE error IS NOT NULL;
  CREATE TABLE usage_hours(
    hour INTEGER NOT NULL, api TEXT NOT NULL, model TEXT NOT NULL, source TEXT NOT NULL, last INTEGER NOT NULL,
    requests INTEGER NOT NULL, failed INTEGER NOT NULL, input INTEGER NOT NULL, output INTEGER NOT NULL,
    reasoning INTEGER NOT NULL, cached INTEGER NOT NULL, total INTEGER NOT NULL,
    PRIMARY KEY(hour, api, model, source)
  ) WITHOUT ROWID;
  CREATE TABLE client_counters(
    client TEXT NOT NULL, per TEXT NOT NULL, starts_at INTEGER NOT NULL, requests INTEGER NOT NULL DEFAULT 0,
    tokens INTEGER NOT NULL DEFAULT 0, cost REAL NOT NULL DEFAULT 0,
    PRIMARY KEY(client, per, starts_at)
  ) WITHOUT ROWID;
  CREATE TABLE account_limits(
    credential TEXT PRIMARY KEY, seen_at INTEGER NOT NULL, content TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE cooldowns(
    credential TEXT NOT NULL, model TEXT NOT NULL, kind TEXT NOT NULL, until INTEGER NOT NULL, status INTEGER NOT NULL,
    level INTEGER NOT NULL, message TEXT NOT NULL, PRIMARY KEY(credential, model)
  ) WITHOUT ROWID;
  CREATE TABLE deliveries(
    id TEXT PRIMARY KEY, receiver TEXT NOT NULL, body TEXT NOT NULL, created_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL, attempts INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE told(name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE leases(name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
  `,
  'CREATE TABLE usage_settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;',
  'CREATE TABLE owners(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, credential TEXT NOT NULL);',
  'ALTER TABLE told RENAME TO sent_notices;',
];

/** Brings a file up to date. Throws where a newer program wrote it. */
export function migrate(database: DatabaseSync): void {
  if (versionOf(database) === steps.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database);
    if (version > steps.length) throw new Error('A newer version of this program wrote it.');
    for (const step of steps.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${steps.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** 0 of a file without tables. */
export const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version);
