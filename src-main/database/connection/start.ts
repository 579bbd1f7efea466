// The first connection, with one sentence for whatever is wrong.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type DatabaseAddress, DatabaseStartError } from '../address.ts';
import { migrate } from '../schema/migrate.ts';
import type { Database } from './database.ts';
import { clientConfig, Hosts } from './session.ts';

const pauseMs = 250;
/** Another instance may be bringing a large database up to date. */
const migrateMs = 600_000;

interface StartOptions {
  readonly database: Database;
  readonly name: string;
  readonly version: string;
  /** How long it may take the database to listen. Milliseconds. */
  readonly waitMs: number;
}

/** Connects and brings the schema up to date. Throws DatabaseStartError. */
export async function startDatabase({ database, name, version, waitMs }: StartOptions): Promise<void> {
  const { address } = database;
  const until = performance.now() + waitMs;
  const hosts = new Hosts(address);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await migrateOn(address, hosts, name, version);
      await database.connect();
      return;
    } catch (error) {
      const isLast = attempt % address.hosts.length === 0;
      const mayComeUp = isStartingUp(error) && (!isLast || performance.now() + pauseMs < until);
      if (!mayComeUp) throw startError(error, address);
      hosts.next();
      if (isLast) await sleep(pauseMs);
    }
  }
}

async function migrateOn(address: DatabaseAddress, hosts: Hosts, name: string, version: string): Promise<void> {
  const client = new pg.Client(clientConfig(address, hosts.current, { name, queryMs: migrateMs }));
  client.on('error', () => {});
  try {
    await client.connect();
    await migrate(client, { schema: address.schema, user: address.user, database: address.database, version });
  } finally {
    await client.end().catch(() => {});
  }
}

function isStartingUp(error: unknown): boolean {
  const { code } = error as { readonly code?: string };
  return code === '57P03' || code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === '25006';
}

function startError(error: unknown, { label, database }: DatabaseAddress): DatabaseStartError {
  if (error instanceof DatabaseStartError) return error;
  const { code = '', message } = error as { readonly code?: string; readonly message: string };
  const why = () => {
    if (code === 'ECONNREFUSED') return 'nobody listens there';
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
    if (code.startsWith('28')) return 'the user or the password is wrong';
    if (code === '3D000') return `there is no database ${database}`;
    if (code === '42501') return 'the user may not use its schema';
    if (code === '57P03') return 'it is still starting up';
    if (code.startsWith('53')) return 'it has no connection left';
    if (/timeout/i.test(message)) return 'it does not answer';
    return code === '' ? message : `${message} (${code})`;
  };
  return new DatabaseStartError(`The database ${label} cannot be used: ${why().replaceAll('\n', ' ')}.`);
}
