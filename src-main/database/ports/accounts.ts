// Accounts as rows, sealed. What is known of them is in memory, so that lists and requests read it at once.
import type { Actor } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { AccountFolder, OnAccounts } from '../../auth-files/account-folder.ts';
import { type FoundFile, readAs } from '../../auth-files/auth-file.ts';
import type { Change, Changes } from '../changes.ts';
import type { Database, Query, Row, Statement } from '../connection/database.ts';
import type { Sealing } from '../sealing.ts';

const columns = 'name, version::text, size, created, modified, body';
const selectAll: Statement = { name: 'all_accounts', text: `select ${columns} from accounts` };
const selectSome: Statement = {
  name: 'some_accounts',
  text: `select ${columns} from accounts where name = any($1)`,
};
const upsert: Statement = {
  name: 'put_account',
  text: `insert into accounts(name, size, body) values ($1, $2, $3)
    on conflict (name) do update set version = nextval('account_versions'), size = excluded.size, modified = now(),
      body = excluded.body
    returning ${columns}`,
};
const update: Statement = {
  name: 'update_account',
  text: `update accounts set version = nextval('account_versions'), size = $3, modified = now(), body = $4
    where name = $1 and version = $2 returning ${columns}`,
};
const remove: Statement = { name: 'remove_account', text: 'delete from accounts where name = $1 returning name' };

interface AccountsOptions {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly changes: Changes;
  /** `auth-dir` of the config, which holds nothing of them. */
  readonly directory: string;
}

export class DatabaseAccounts implements AccountFolder {
  readonly directory: string;
  readonly #options: AccountsOptions;
  #known = new Map<string, FoundFile>();
  /** Rises with every own write: what was read before it is older. */
  #writes = 0;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.directory = options.directory;
  }

  async open(onChange: OnAccounts): Promise<void> {
    this.#options.changes.on('account', (changes) => this.#take(changes, onChange));
    await this.#readAll();
  }

  names(): readonly string[] {
    return [...this.#known.keys()];
  }

  find(name: string): FoundFile | undefined {
    return this.#known.get(name);
  }

  read(name: string): FoundFile | undefined {
    return this.#known.get(name);
  }

  async refresh(name?: string): Promise<void> {
    await (name === undefined ? this.#readAll() : this.#readSome([name]));
  }

  async write(name: string, text: string, actor: Actor): Promise<void> {
    await this.#change(name, actor, (query) =>
      query(upsert, [name, Buffer.byteLength(text), this.#sealed(name, text)]),
    );
  }

  async replaceUnchanged({ file: { name, text: before }, stamp }: FoundFile, text: string, actor: Actor) {
    if (text === before) return true;
    return this.#change(name, actor, (query) =>
      query(update, [name, stamp, Buffer.byteLength(text), this.#sealed(name, text)]),
    );
  }

  async remove(name: string, actor: Actor): Promise<void> {
    const { database, changes } = this.#options;
    const isRemoved = await database.transaction(async (query, write) => {
      const rows = await query(remove, [name]);
      if (rows.length > 0) await changes.announce(query, write, 'account', name, actor);
      return rows.length > 0;
    });
    this.#writes += 1;
    this.#known.delete(name);
    if (!isRemoved) throw new Problem('file_not_found');
  }

  async close(): Promise<void> {}

  /** One account in a transaction that does more. */
  async put(query: Query, name: string, text: string): Promise<void> {
    await query(upsert, [name, Buffer.byteLength(text), this.#sealed(name, text)]);
  }

  /** Whether there was anything to change. */
  async #change(name: string, actor: Actor, write: (query: Query) => Promise<readonly Row[]>): Promise<boolean> {
    const { database, changes } = this.#options;
    const row = await database.transaction(async (query, id) => {
      const [changed] = await write(query);
      if (changed !== undefined) await changes.announce(query, id, 'account', name, actor);
      return changed;
    });
    if (row === undefined) return false;
    this.#writes += 1;
    this.#known.set(name, this.#foundOf(row));
    return true;
  }

  async #take(changes: readonly Change[] | undefined, onChange: OnAccounts): Promise<void> {
    if (changes === undefined) {
      await this.#readAll();
      return onChange(undefined);
    }
    // Changes by one actor are reported together, those of different ones in their order.
    for (let rest = changes; rest[0] !== undefined; ) {
      const { actor } = rest[0];
      const other = rest.findIndex((change) => JSON.stringify(change.actor) !== JSON.stringify(actor));
      const own = other < 0 ? rest : rest.slice(0, other);
      rest = other < 0 ? [] : rest.slice(other);
      const names = [...new Set(own.map(({ subject }) => subject))];
      await this.#readSome(names);
      await onChange(names, actor);
    }
  }

  async #readAll(): Promise<void> {
    await this.#readUntilCurrent(async () => {
      const rows = await this.#options.database.query('work', selectAll);
      return () => {
        this.#known = new Map(rows.map((row) => [String(row.name), this.#foundOf(row)]));
      };
    });
  }

  async #readSome(names: readonly string[]): Promise<void> {
    await this.#readUntilCurrent(async () => {
      const rows = await this.#options.database.query('work', selectSome, [names]);
      return () => {
        const found = new Map(rows.map((row) => [String(row.name), row]));
        for (const name of names) {
          const row = found.get(name);
          if (row === undefined) this.#known.delete(name);
          else this.#known.set(name, this.#foundOf(row));
        }
      };
    });
  }

  /** What was read while something was written here may be older than that. */
  async #readUntilCurrent(read: () => Promise<() => void>): Promise<void> {
    for (;;) {
      const writes = this.#writes;
      const take = await read();
      if (writes === this.#writes) return take();
    }
  }

  #foundOf({ name, version, size, created, modified, body }: Row): FoundFile {
    const known = this.#known.get(String(name));
    if (known !== undefined && known.stamp === version) return known;
    const text = this.#options.sealing.open(body as Buffer, placeOf(String(name)));
    // Equal on all instances, for what goes by the place of a file.
    const stat = { path: String(name), size: Number(size), created: created as Date, modified: modified as Date };
    return { file: readAs(String(name), text, stat), target: String(name), stamp: String(version) };
  }

  #sealed = (name: string, text: string): Buffer => this.#options.sealing.seal(text, placeOf(name));
}

const placeOf = (name: string) => ['accounts', 'body', name] as const;
