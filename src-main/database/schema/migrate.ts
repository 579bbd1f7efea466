// Brings the schema up to date: the first new instance does, under a lock that the others wait for.
import type { ClientBase } from 'pg';
import { DatabaseStartError } from '../address.ts';
import { steps } from './steps.ts';

/** Versions of the server before this have no support from its makers. */
const minServer = 140_000;

/** The schema version that this program knows. */
export const schemaVersion = steps.length;

interface MigrateOptions {
  readonly schema: string;
  readonly user: string;
  readonly database: string;
  readonly version: string;
}

/** On a connection of its own. Throws DatabaseStartError for a server, rights or schema that will not do. */
export async function migrate(client: ClientBase, options: MigrateOptions): Promise<void> {
  const { schema } = options;
  const server = await client.query("select current_setting('server_version_num')::int as number, version()");
  if (Number(server.rows[0]?.number) < minServer)
    throw new DatabaseStartError('The database is older than PostgreSQL 14, which this program needs.');
  await client.query('select pg_advisory_lock(1, 2)');
  try {
    await createSchema(client, options);
    await client.query(
      `create table if not exists ${schema}.meta(name text primary key, value jsonb not null);
       create table if not exists ${schema}.migrations(
         version int primary key, program text not null, at timestamptz not null default now())`,
    );
    await runSteps(client, options);
  } finally {
    await client.query('select pg_advisory_unlock(1, 2)');
  }
}

async function createSchema(client: ClientBase, { schema, user, database }: MigrateOptions): Promise<void> {
  const { rows } = await client.query('select 1 from pg_namespace where nspname = $1', [schema]);
  if (rows.length > 0) return;
  await client.query(`create schema ${schema}`).catch((error: { readonly code?: string }) => {
    if (error.code !== '42501') throw error;
    throw new DatabaseStartError(
      `The database does not let this program make its schema ${schema}: GRANT CREATE ON DATABASE "${database}" TO "${user}".`,
    );
  });
}

async function runSteps(client: ClientBase, { schema, version }: MigrateOptions): Promise<void> {
  const applied = await client.query(`select coalesce(max(version), 0)::int as version from ${schema}.migrations`);
  const present = Number(applied.rows[0]?.version);
  const required = await client.query(`select value from ${schema}.meta where name = 'min_program'`);
  if (Number(required.rows[0]?.value ?? 0) > schemaVersion)
    throw new DatabaseStartError(
      'The database was brought up to date by a newer version of this program; start that version.',
    );
  for (const [index, { sql, minProgram }] of steps.entries()) {
    if (index < present) continue;
    await client.query('begin');
    try {
      await client.query(`set local search_path to ${schema}`);
      await client.query(sql);
      await client.query('insert into migrations(version, program) values ($1, $2)', [index + 1, version]);
      await client.query(
        `insert into meta(name, value) values ('min_program', $1)
         on conflict (name) do update set value = excluded.value`,
        [JSON.stringify(minProgram)],
      );
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  }
}
