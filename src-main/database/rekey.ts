// Seals everything anew with the first key, so that the others can be taken away.
import type { Database, Statement } from './connection/database.ts';
import type { Place, Sealing } from './sealing.ts';
import { secretPlace } from './secret.ts';

interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  /** The key as it stands in the place of a value. */
  readonly text: (key: unknown) => string;
}

const hex = (key: unknown) => (key as Buffer).toString('hex');
const columns: readonly SealedColumn[] = [
  { table: 'config', column: 'text', key: 'one', text: String },
  { table: 'config_versions', column: 'text', key: 'revision', text: String },
  { table: 'accounts', column: 'body', key: 'name', text: String },
  { table: 'logins', column: 'body', key: 'state', text: hex },
  { table: 'documents', column: 'body', key: 'name', text: String },
  { table: 'deliveries', column: 'body', key: 'id', text: String },
  { table: 'sessions', column: 'body', key: 'session', text: hex },
];

const rowsAtOnce = 100;
/** For the rows of one transaction. Milliseconds. */
const transactionMs = 10_000;

const readSecret: Statement = { name: 'lock_secret', text: "select value from meta where name = 'secret' for update" };
const writeSecret: Statement = {
  name: 'reseal_secret',
  text: "update meta set value = to_jsonb($1::text) where name = 'secret'",
};

/** How many values were sealed anew. Instances may go on meanwhile, as long as they know both keys. */
export async function rekey(database: Database, sealing: Sealing): Promise<number> {
  let count = await rekeySecret(database, sealing);
  for (const column of columns) count += await rekeyColumn(database, sealing, column);
  return count;
}

async function rekeyColumn(database: Database, sealing: Sealing, sealed: SealedColumn): Promise<number> {
  const { table, column, key } = sealed;
  const all = await database.query('work', { name: '', text: `select ${key} as key from ${table}` });
  const keys = all.map((row) => row.key);
  const type =
    table === 'config' ? 'bool' : table === 'config_versions' ? 'bigint' : hexKeys(sealed) ? 'bytea' : 'text';
  const select = {
    name: '',
    text: `select ${key} as key, ${column} as sealed from ${table} where ${key} = any($1::${type}[]) for update`,
  };
  const update = { name: '', text: `update ${table} set ${column} = $2 where ${key} = $1` };
  let count = 0;
  for (let at = 0; at < keys.length; at += rowsAtOnce) {
    count += await database.transaction(async (query) => {
      const rows = await query(select, [keys.slice(at, at + rowsAtOnce)]);
      const old = rows.filter((row) => !sealing.isCurrent(row.sealed as Buffer));
      for (const row of old) {
        const place: Place = [table, column, sealed.text(row.key)];
        await query(update, [row.key, sealing.seal(sealing.open(row.sealed as Buffer, place), place)]);
      }
      return old.length;
    }, transactionMs);
  }
  return count;
}

const hexKeys = ({ text }: SealedColumn) => text === hex;

/** The secret of all digests stays the same, so that counters and sessions do too. */
function rekeySecret(database: Database, sealing: Sealing): Promise<number> {
  return database.transaction(async (query) => {
    const [row] = await query(readSecret);
    const sealed = Buffer.from(String(row?.value), 'base64');
    if (sealing.isCurrent(sealed)) return 0;
    const text = sealing.open(sealed, secretPlace);
    await query(writeSecret, [sealing.seal(text, secretPlace).toString('base64')]);
    return 1;
  });
}
