// The text of the config with its versions, as rows.
import { type Actor, byApp } from '../../../src-shared/operation.ts';
import { Problem } from '../../../src-shared/problem.ts';
import type { ConfigVersions } from '../../config/config-history.ts';
import type { ConfigSource, ConfigWatch, StoredText } from '../../config/store/config-source.ts';
import type { Changes } from '../changes.ts';
import type { Database, Query, Row, Statement } from '../connection/database.ts';
import type { Sealing } from '../sealing.ts';

/** Also read before a write, whose answer is waited for. Milliseconds. */
const readMs = 1_000;
/** As many as files keep. */
const maxVersions = 20;

const selectRevision: Statement = { name: 'config_revision', text: 'select revision::text from config' };
const selectText: Statement = {
  name: 'config_text',
  text: `select c.revision::text, c.text, v.actor, v.instance, i.name from config c
    left join config_versions v on v.revision = c.revision left join instances i on i.id = v.instance`,
};
const updateText: Statement = {
  name: 'update_config',
  text: 'update config set revision = revision + 1, text = $1 where revision = $2 returning revision::text',
};
const lockRevision: Statement = { name: 'lock_config', text: 'select revision::text from config for update' };
const insertText: Statement = {
  name: 'insert_config',
  text: 'insert into config(revision, text) values (1, $1) on conflict do nothing returning revision::text',
};
const insertVersion: Statement = {
  name: 'insert_config_version',
  text: `with old as (delete from config_versions where revision <= $1::bigint - ${maxVersions})
    insert into config_versions(revision, actor, instance, size, text) values ($1, $2, $3, $4, $5)`,
};
const listVersions: Statement = {
  name: 'list_config_versions',
  text: 'select revision::text, at, actor, size from config_versions order by revision desc',
};
const oneVersion: Statement = {
  name: 'one_config_version',
  text: 'select text from config_versions where revision = $1',
};

interface ConfigTextOptions {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly changes: Changes;
}

interface Known {
  readonly revision: string;
  readonly text: string;
  readonly actor: Actor;
}

export class DatabaseConfigText implements ConfigSource, ConfigVersions {
  readonly #options: ConfigTextOptions;
  #known: Known | undefined;

  constructor(options: ConfigTextOptions) {
    this.#options = options;
  }

  /** Whether there is a config. */
  async exists(): Promise<boolean> {
    return (await this.#options.database.query('work', selectRevision)).length > 0;
  }

  /** The first text of an empty database, in a transaction that brings the accounts too. */
  async create(query: Query, text: string): Promise<void> {
    const rows = await query(insertText, [this.#sealed(text)]);
    if (rows.length === 0) throw new Problem('save_failed', 'The database has a config already.');
    await this.#insertVersion(query, '1', text, byApp);
  }

  async read(): Promise<StoredText | undefined> {
    const { database, sealing, changes } = this.#options;
    const [now] = await database.query('work', selectRevision, [], readMs);
    if (now === undefined) return undefined;
    let known = this.#known;
    if (known === undefined || known.revision !== now.revision) {
      const [row] = await database.query('work', selectText);
      if (row === undefined) return undefined;
      known = {
        revision: String(row.revision),
        text: sealing.open(row.text as Buffer, textPlace),
        actor: actorOf(row, changes.instance),
      };
      this.#known = known;
    }
    const { revision, text, actor } = known;
    return { text, actor, replace: (next, by) => this.#replace(revision, next, by) };
  }

  /** While the database is away too, there is what is in force. */
  async present(): Promise<undefined> {}

  async overwrite(text: string, actor: Actor): Promise<void> {
    await this.#write(text, actor, async (query) => {
      const [row] = await query(lockRevision);
      return String(row?.revision);
    });
  }

  async watch(onActivity: () => Promise<void>): Promise<ConfigWatch> {
    this.#options.changes.on('config', onActivity);
    return { update: () => {}, close: async () => {} };
  }

  async list() {
    const rows = await this.#options.database.query('work', listVersions);
    return rows.map(({ revision, at, actor, size }) => ({
      id: String(revision),
      time: (at as Date).toISOString(),
      actor: (actor as Actor).kind,
      size: Number(size),
    }));
  }

  async text(id: string): Promise<string> {
    if (!/^\d{1,18}$/.test(id)) throw new Problem('item_not_found');
    const [row] = await this.#options.database.query('work', oneVersion, [id]);
    if (row === undefined) throw new Problem('item_not_found');
    return this.#options.sealing.open(row.text as Buffer, versionPlace(id));
  }

  async close(): Promise<void> {}

  async #replace(base: string, text: string, actor: Actor): Promise<boolean> {
    return this.#write(text, actor, async () => base);
  }

  /** False where another write came first. */
  async #write(text: string, actor: Actor, baseOf: (query: Query) => Promise<string>): Promise<boolean> {
    const { database, changes } = this.#options;
    const revision = await database.transaction(async (query, write) => {
      const [row] = await query(updateText, [this.#sealed(text), await baseOf(query)]);
      if (row === undefined) return undefined;
      const next = String(row.revision);
      await this.#insertVersion(query, next, text, actor);
      await changes.announce(query, write, 'config', next, actor);
      return next;
    });
    if (revision === undefined) return false;
    this.#known = { revision, text, actor };
    return true;
  }

  async #insertVersion(query: Query, revision: string, text: string, actor: Actor): Promise<void> {
    const { sealing, changes } = this.#options;
    const sealed = sealing.seal(text, versionPlace(revision));
    await query(insertVersion, [
      ...[revision, JSON.stringify(actor), changes.instance, Buffer.byteLength(text), sealed],
    ]);
  }

  #sealed = (text: string): Buffer => this.#options.sealing.seal(text, textPlace);
}

const textPlace = ['config', 'text', 'true'] as const;
const versionPlace = (revision: string) => ['config_versions', 'text', revision] as const;

/** With the name of the instance that wrote it, unless that was this one. */
function actorOf({ actor, instance, name }: Row, own: number): Actor {
  if (actor === null || actor === undefined) return byApp;
  return { ...(actor as Actor), ...(instance !== own && typeof name === 'string' && { instance: name }) };
}
