// Logins under way, sealed; their states are known by digests only.
import type { LoginStatus } from '../../../src-shared/events.ts';
import { byApp } from '../../../src-shared/operation.ts';
import type { LoginStates, SharedLogin } from '../../login/login-states.ts';
import type { Changes } from '../changes.ts';
import type { Database, Statement } from '../connection/database.ts';
import type { Sealing } from '../sealing.ts';
import type { DatabaseSecret } from '../secret.ts';

const put: Statement = {
  name: 'put_login',
  text: `with old as (delete from logins where expires_at < now())
    insert into logins(state, expires_at, body) values ($1, now() + $2 * interval '1 millisecond', $3)`,
};
const get: Statement = { name: 'get_login', text: 'select body from logins where state = $1 and expires_at > now()' };
const lock: Statement = { name: 'lock_login', text: 'select body from logins where state = $1 for update' };
const take: Statement = {
  name: 'take_login',
  text: 'update logins set taken_by = $2 where state = $1 and coalesce(taken_by, $2) = $2 returning state',
};
const update: Statement = { name: 'update_login', text: 'update logins set body = $2 where state = $1' };

interface DatabaseLoginsOptions {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly secret: DatabaseSecret;
  readonly changes: Changes;
}

export class DatabaseLogins implements LoginStates {
  readonly #options: DatabaseLoginsOptions;

  constructor(options: DatabaseLoginsOptions) {
    this.#options = options;
  }

  async put(state: string, login: SharedLogin, ttlMs: number): Promise<void> {
    const digest = this.#digest(state);
    await this.#options.database.query('work', put, [digest, ttlMs, this.#sealed(digest, login)]);
  }

  async get(state: string): Promise<SharedLogin | undefined> {
    return this.#read(this.#digest(state));
  }

  async take(state: string): Promise<boolean> {
    const { database, changes } = this.#options;
    return (await database.query('work', take, [this.#digest(state), changes.instance])).length > 0;
  }

  async update(state: string, status: LoginStatus): Promise<void> {
    const { database, changes } = this.#options;
    const digest = this.#digest(state);
    await database.transaction(async (query, write) => {
      const [row] = await query(lock, [digest]);
      if (row === undefined) return;
      const login = this.#opened(digest, row.body as Buffer);
      if (login.status.status !== 'wait') return;
      await query(update, [digest, this.#sealed(digest, { ...login, status })]);
      await changes.announce(query, write, 'login', digest.toString('hex'), byApp);
    });
  }

  watch(listener: (state: string, login: SharedLogin) => void): void {
    this.#options.changes.on('login', async (changes) => {
      for (const subject of new Set(changes?.map((change) => change.subject) ?? [])) {
        const login = await this.#read(Buffer.from(subject, 'hex'));
        if (login !== undefined) listener(login.status.state, login);
      }
    });
  }

  async #read(digest: Buffer): Promise<SharedLogin | undefined> {
    const [row] = await this.#options.database.query('work', get, [digest]);
    return row && this.#opened(digest, row.body as Buffer);
  }

  #digest = (state: string): Buffer => this.#options.secret.bytes('login', state);

  #sealed = (digest: Buffer, login: SharedLogin): Buffer =>
    this.#options.sealing.seal(JSON.stringify(login), placeOf(digest));

  #opened = (digest: Buffer, body: Buffer): SharedLogin =>
    JSON.parse(this.#options.sealing.open(body, placeOf(digest))) as SharedLogin;
}

const placeOf = (digest: Buffer) => ['logins', 'body', digest.toString('hex')] as const;
