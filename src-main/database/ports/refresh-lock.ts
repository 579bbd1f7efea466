// One refresh per token across all instances: a row that its holder has while it lives, and that tells what came of it.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  doesNotFinish,
  type LockOptions,
  lockTimeoutMs,
  type RefreshLock,
  RefusedElsewhere,
} from '../../accounts/refresh-lock.ts';
import type { Database, Row, Statement } from '../connection/database.ts';
import { deadAfter } from '../instances.ts';
import type { DatabaseSecret } from '../secret.ts';

/** Milliseconds between two looks at a token that another instance refreshes. */
const lookMs = 500;

/** A holder that lives is believed so long; after that its request to the provider has ended. */
const take: Statement = {
  name: 'take_refresh',
  text: `insert into refreshes as r(token, instance) values ($1, $2)
    on conflict (token) do update
      set instance = excluded.instance, since = now(), is_running = true, is_final = false, retry_at = null, message = ''
      where case when r.is_running
        then r.since < now() - interval '45 seconds'
          or not exists (select 1 from instances i where i.id = r.instance and i.seen_at > now() - ${deadAfter})
        else not r.is_final and coalesce(r.retry_at <= now(), true) end
    returning token`,
};
const look: Statement = {
  name: 'look_refresh',
  text: 'select is_final, message from refreshes where token = $1 and not is_running',
};
const done: Statement = {
  name: 'done_refresh',
  text: `with old as (delete from refreshes where since < now() - interval '30 days')
    delete from refreshes where token = $1 and instance = $2`,
};
const refused: Statement = {
  name: 'refused_refresh',
  text: `update refreshes set is_running = false, is_final = $3, message = $4, retry_at = now() + interval '20 seconds'
    where token = $1 and instance = $2`,
};

interface RefreshLockOptions {
  readonly database: Database;
  readonly secret: DatabaseSecret;
  readonly instance: number;
}

export class DatabaseRefreshLock implements RefreshLock {
  readonly #options: RefreshLockOptions;

  constructor(options: RefreshLockOptions) {
    this.#options = options;
  }

  async alone<T>(secret: string, task: () => Promise<T>, { signal, refusalOf }: LockOptions): Promise<T> {
    const token = this.#options.secret.bytes('refresh token', secret);
    await this.#take(token, signal);
    try {
      const result = await task();
      await this.#write(done, token);
      return result;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) await this.#write(done, token);
      else await this.#write(refused, token, refusal.isFinal, refusal.message);
      throw error;
    }
  }

  async #take(token: Buffer, signal: AbortSignal): Promise<void> {
    const { database, instance } = this.#options;
    const until = performance.now() + lockTimeoutMs;
    while (performance.now() < until) {
      signal.throwIfAborted();
      if ((await database.query('work', take, [token, instance])).length > 0) return;
      const [row] = await database.query('work', look, [token]);
      if (row !== undefined) throw refusedElsewhere(row);
      await sleep(lookMs, undefined, { signal, ref: false }).catch(() => signal.throwIfAborted());
    }
    throw doesNotFinish();
  }

  /** What cannot be written while the database is away ends with the holder's time. */
  async #write(statement: Statement, token: Buffer, ...values: readonly unknown[]): Promise<void> {
    const { database, instance } = this.#options;
    await database.query('work', statement, [token, instance, ...values]).catch(() => {});
  }
}

const refusedElsewhere = ({ message, is_final }: Row) => new RefusedElsewhere(String(message), is_final === true);
