// The control connection: notifications and heartbeats. It comes back by itself for as long as the program runs.

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type DatabaseAddress, DatabaseStartError } from '../address.ts';
import { clientConfig, type Hosts, requireWritable, sessionSettings } from './session.ts';

/** Milliseconds. */
const queryMs = 2_000;
const firstPauseMs = 50;
const maxPauseMs = 2_000;

interface ControlOptions {
  readonly address: DatabaseAddress;
  readonly hosts: Hosts;
  readonly name: string;
  readonly onNotification: () => void;
  /** The connection broke, with why. */
  readonly onLost: (error: unknown) => void;
}

export class Control {
  readonly #options: ControlOptions;
  #client: pg.Client | undefined;
  #isClosed = false;

  constructor(options: ControlOptions) {
    this.#options = options;
  }

  /** Connects once. Rejects with what the client or server says. */
  async connect(): Promise<void> {
    const { address, hosts, name, onNotification, onLost } = this.#options;
    const client = new pg.Client(clientConfig(address, hosts.current, { name, queryMs }));
    client.on('error', (error) => {
      if (this.#client !== client) return;
      this.drop();
      onLost(error);
    });
    client.on('notification', onNotification);
    try {
      await client.connect();
      await client.query(sessionSettings(address.schema, { isCounting: false }));
      await requireWritable(client);
      await requireSession(client);
      await client.query(`listen ${address.schema}`);
    } catch (error) {
      end(client);
      throw error;
    }
    if (this.#isClosed) end(client);
    else this.#client = client;
  }

  /** Tries until it is connected or closed. */
  async reconnect(): Promise<void> {
    for (let pause = firstPauseMs; !this.#isClosed; pause = Math.min(pause * 2, maxPauseMs)) {
      await sleep(pause * (0.75 + Math.random() / 2), undefined, { ref: false });
      if (this.#isClosed) return;
      try {
        return await this.connect();
      } catch {
        this.#options.hosts.next();
      }
    }
  }

  /** Rejects like the client; while there is no connection too. */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    if (this.#client === undefined) throw Object.assign(new Error('no connection'), { code: '08003' });
    return (await this.#client.query(text, [...values])).rows;
  }

  /** Leaves the connection, without a word to a server that may not listen. */
  drop(): void {
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) end(client);
  }

  close(): void {
    this.#isClosed = true;
    this.drop();
  }
}

function end(client: pg.Client): void {
  client.end().catch(() => {});
}

/** LISTEN and settings need a session of their own, which a pooler in transaction mode does not give. */
async function requireSession(client: pg.Client): Promise<void> {
  const before = await client.query("select pg_backend_pid() as pid, set_config('cli_proxy.session', '1', false)");
  const after = await client.query(
    "select pg_backend_pid() as pid, current_setting('cli_proxy.session', true) as session",
  );
  if (before.rows[0]?.pid === after.rows[0]?.pid && after.rows[0]?.session === '1') return;
  throw new DatabaseStartError(
    'The database is behind a pooler in transaction mode; use its direct port, or session mode.',
  );
}
