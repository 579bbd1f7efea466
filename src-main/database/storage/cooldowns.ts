// Cooldowns of all instances, by the clock of the database.
import { byApp } from '../../../src-shared/operation.ts';
import type { CooldownName, CooldownStore, StoredCooldown } from '../../storage/cooldown-store.ts';
import type { Changes } from '../changes.ts';
import type { Database, Statement } from '../connection/database.ts';

const load: Statement = {
  name: 'load_cooldowns',
  text: `select credential, model, kind, status, level, message, extract(epoch from until - now()) * 1000 as left_ms
    from cooldowns where until > now()`,
};
const put: Statement = {
  name: 'put_cooldowns',
  text: `insert into cooldowns(credential, model, kind, until, status, level, message)
    select credential, model, kind, now() + left_ms * interval '1 millisecond', status, level, message
      from json_to_recordset($1) as c(credential text, model text, kind text, left_ms float8, status int, level int,
        message text) order by credential, model
    on conflict (credential, model) do update set kind = excluded.kind, until = excluded.until,
      status = excluded.status, level = greatest(cooldowns.level, excluded.level), message = excluded.message`,
};
const remove: Statement = {
  name: 'remove_cooldowns',
  text: `delete from cooldowns c where until < now() or exists (select 1
    from json_to_recordset($1) as gone(credential text, model text)
    where gone.credential = c.credential and gone.model = c.model)`,
};

export class DatabaseCooldowns implements CooldownStore {
  readonly #database: Database;
  readonly #changes: Changes;

  constructor(database: Database, changes: Changes) {
    this.#database = database;
    this.#changes = changes;
  }

  async load(): Promise<readonly StoredCooldown[]> {
    const rows = await this.#database.query('work', load);
    const now = Date.now();
    return rows.map(({ credential, model, kind, status, level, message, left_ms }) => ({
      ...{ credential: String(credential), model: String(model), kind: kind as StoredCooldown['kind'] },
      ...{ status: Number(status), level: Number(level), message: String(message), until: now + Number(left_ms) },
    }));
  }

  async save(changed: readonly StoredCooldown[], ended: readonly CooldownName[]): Promise<void> {
    const now = Date.now();
    const rows = changed.map(({ until, message, ...row }) => ({
      ...row,
      message: message.replaceAll('\0', ''),
      left_ms: until - now,
    }));
    await this.#database.transaction(async (query, write) => {
      await query(remove, [JSON.stringify(ended)]);
      await query(put, [JSON.stringify(rows)]);
      await this.#changes.announce(query, write, 'cooldown', '', byApp);
    });
  }

  watch(listener: () => Promise<void>): void {
    this.#changes.on('cooldown', () => listener());
  }
}
