// Connections as all of them are made: where to, with which settings, and how they are named in the server's list.
import pg from 'pg';
import type { DatabaseAddress } from '../address.ts';

/** Milliseconds. */
const connectMs = 2_000;
const keepAliveMs = 10_000;

/** The hosts of an address, of which one is in use. */
export class Hosts {
  readonly #address: DatabaseAddress;
  #index = 0;

  constructor(address: DatabaseAddress) {
    this.#address = address;
  }

  get current(): { readonly host: string; readonly port: number } {
    const { hosts } = this.#address;
    const found = hosts[this.#index % hosts.length];
    if (found === undefined) throw new Error('an address without a host');
    return found;
  }

  next(): void {
    this.#index += 1;
  }
}

/** What the client is made with. `queryMs`: after so long without an answer it counts as away. */
export function clientConfig(
  address: DatabaseAddress,
  { host, port }: { readonly host: string; readonly port: number },
  { name, queryMs }: { readonly name: string; readonly queryMs: number },
): pg.ClientConfig {
  const { user, password, database, ssl } = address;
  return {
    ...{ host, port, user, password, database, ssl },
    application_name: `cli-proxy-desktop/${name}`.slice(0, 63),
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveMs,
  };
}

/** Made by `SET` after connecting: options of the connection do not pass every pooler. */
export const sessionSettings = (schema: string, { isCounting }: { readonly isCounting: boolean }): string =>
  [
    `set search_path to ${schema}`,
    "set statement_timeout to '5s'",
    "set lock_timeout to '2s'",
    "set idle_in_transaction_session_timeout to '10s'",
    "set timezone to 'UTC'",
    // What is counted may be lost with a crash of the server itself, but is not waited for.
    ...(isCounting ? ['set synchronous_commit to off'] : []),
  ].join('; ');

/** Rejects with `25006` where the server takes no writes, as a standby does. */
export async function requireWritable(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('show transaction_read_only');
  if (rows[0]?.transaction_read_only === 'on')
    throw Object.assign(new Error('the server takes no writes'), { code: '25006' });
}

interface PoolOptions {
  readonly address: DatabaseAddress;
  readonly hosts: Hosts;
  readonly name: string;
  readonly max: number;
  /** Connections that stay while nothing is asked. */
  readonly min: number;
  readonly queryMs: number;
  readonly isCounting: boolean;
}

const idleMs = 60_000;

export function createPool({ address, hosts, name, max, min, queryMs, isCounting }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(address, hosts.current, { name, queryMs }),
    ...{ max, min, idleTimeoutMillis: idleMs },
    onConnect: async (client) => {
      await client.query(sessionSettings(address.schema, { isCounting }));
    },
  });
  // An idle connection that breaks is made again when it is needed.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
