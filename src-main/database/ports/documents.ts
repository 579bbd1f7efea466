// Small documents of all instances, as sealed rows. Of two writers the second one starts again from the first one's.
import { byApp } from '../../../src-shared/operation.ts';
import type { StoredDocument } from '../../lib/files/stored-document.ts';
import type { Changes } from '../changes.ts';
import type { Database, Statement } from '../connection/database.ts';
import { databaseAway } from '../connection/errors.ts';
import type { Sealing } from '../sealing.ts';

const select: Statement = {
  name: 'read_document',
  text: 'select version::text, body from documents where name = $1',
};
const insert: Statement = {
  name: 'insert_document',
  text: 'insert into documents(name, version, body) values ($1, 1, $2) on conflict do nothing returning version',
};
const update: Statement = {
  name: 'update_document',
  text: 'update documents set version = version + 1, body = $2 where name = $1 and version = $3 returning version',
};
const maxRounds = 50;

interface DocumentsOptions {
  readonly database: Database;
  readonly sealing: Sealing;
  readonly changes: Changes;
}

export class DatabaseDocuments {
  readonly #options: DocumentsOptions;
  readonly #listeners = new Map<string, (document: unknown) => void>();

  constructor(options: DocumentsOptions) {
    this.#options = options;
    options.changes.on('document', async (changes) => {
      const names = changes?.map(({ subject }) => subject) ?? this.#listeners.keys();
      for (const name of new Set(names)) {
        const listener = this.#listeners.get(name);
        if (listener !== undefined) listener((await this.#read(name))?.document);
      }
    });
  }

  open = (name: string): StoredDocument => ({
    read: async () => (await this.#read(name))?.document,
    update: (change) => this.#update(name, change),
    watch: (listener) => void this.#listeners.set(name, listener),
  });

  async #read(name: string): Promise<{ readonly version: string; readonly document: unknown } | undefined> {
    const { database, sealing } = this.#options;
    const [row] = await database.query('work', select, [name]);
    if (row === undefined) return undefined;
    return { version: String(row.version), document: JSON.parse(sealing.open(row.body as Buffer, placeOf(name))) };
  }

  async #update(name: string, change: (present: unknown) => unknown): Promise<unknown> {
    const { database, sealing, changes } = this.#options;
    for (let round = 0; round < maxRounds; round += 1) {
      const present = await this.#read(name);
      const next = change(present?.document);
      const body = sealing.seal(JSON.stringify(next), placeOf(name));
      const isWritten = await database.transaction(async (query, write) => {
        const rows =
          present === undefined
            ? await query(insert, [name, body])
            : await query(update, [name, body, present.version]);
        if (rows.length > 0) await changes.announce(query, write, 'document', name, byApp);
        return rows.length > 0;
      });
      if (isWritten) return next;
    }
    throw databaseAway('Too many programs change this at once. Try again in a moment.');
  }
}

const placeOf = (name: string) => ['documents', 'body', name] as const;
