// Seals everything with the first key, so that the others can be taken away.
import type { Database, Statement } from './connection/database.ts';
import type { Place, Sealing } from './sealing.ts';
import { secretPlace } from './secret.ts';

interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly key: string;
  readonly keyType: 'bool' | 'bigint' | 'text' | 'bytea';
}

const columns: readonly SealedColumn[] = [
  { table: 'config', column: 'text', key: 'one', keyType: 'bool' },
  { table: 'config_versions', column: 'text', key: 'revision', keyType: 'bigint' },
  { table: 'accounts', column: 'body', key: 'name', keyType: 'text' },
  { table: 'logins', column: 'body', key: 'state', keyType: 'bytea' },
  { table: 'documents', column: 'body', key: 'name', keyType: 'text' },
  { table: 'deliveries', column: 'body', key: 'id', keyType: 'text' },
  { table: 'sessions', column: 'body', key: 'session', keyType: 'bytea' },
];

const rowsAtOnce = 100;
/** For the rows of one transaction. Milliseconds. */
const transactionMs = 10_000;

const readSecret: Statement = { name: 'lock_secret', text: "select value from meta where name = 'secret' for update" };
const writeSecret: Statement = {
  name: 'reseal_secret',
  text: "update meta set value = to_jsonb($1::text) where name = 'secret'",
};

/** How many values were sealed with another key. Instances may go on meanwhile, as long as they know both keys. */
export async function rekey(database: Database, sealing: Sealing): Promise<number> {
  let count = await rekeySecret(database, sealing);
  for (const column of columns) count += await rekeyColumn(database, sealing, column);
  return count;
}

async function rekeyColumn(
  database: Database,
  sealing: Sealing,
  { table, column, key, keyType }: SealedColumn,
): Promise<number> {
  const all = await database.query('work', { name: '', text: `select ${key} as key from ${table}` });
  const keys = all.map((row) => row.key);
  const select = {
    name: '',
    text: `select ${key} as key, ${column} as sealed from ${table} where ${key} = any($1::${keyType}[]) for update`,
  };
  const update = { name: '', text: `update ${table} set ${column} = $2 where ${key} = $1` };
  let count = 0;
  for (let at = 0; at < keys.length; at += rowsAtOnce) {
    count += await database.transaction(async (query) => {
      const rows = await query(select, [keys.slice(at, at + rowsAtOnce)]);
      const old = rows.filter((row) => !sealing.isCurrent(row.sealed as Buffer));
      for (const row of old) {
        const place: Place = [table, column, textOf(row.key)];
        await query(update, [row.key, sealing.seal(sealing.open(row.sealed as Buffer, place), place)]);
      }
      return old.length;
    }, transactionMs);
  }
  return count;
}

/** A key as it stands in the place of a value. */
const textOf = (key: unknown): string => (Buffer.isBuffer(key) ? key.toString('hex') : String(key));

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
