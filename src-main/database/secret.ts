// The secret that digests in the database are made with: equal on all instances, sealed like everything else.
import { randomBytes } from 'node:crypto';
import type { InstallationSecret } from '../storage/installation-secret.ts';
import { DatabaseStartError } from './address.ts';
import type { Database, Statement } from './connection/database.ts';
import { digestWith, type Sealing } from './sealing.ts';

const insertSecret: Statement = {
  name: 'insert_secret',
  text: "insert into meta(name, value) values ('secret', to_jsonb($1::text)) on conflict do nothing",
};
const selectSecret: Statement = { name: 'secret', text: "select value from meta where name = 'secret'" };
export const secretPlace = ['meta', 'value', 'secret'] as const;

export interface DatabaseSecret extends InstallationSecret {
  bytes(purpose: string, text: string): Buffer;
}

/** Throws DatabaseStartError where the key is another than the data's. */
export async function databaseSecret(database: Database, sealing: Sealing): Promise<DatabaseSecret> {
  const sealed = sealing.seal(randomBytes(32).toString('hex'), secretPlace);
  await database.query('work', insertSecret, [sealed.toString('base64')]);
  const [row] = await database.query('work', selectSecret);
  const secret = openSecret(sealing, String(row?.value));
  const bytes = (purpose: string, text: string) => digestWith(secret, purpose, text);
  return { bytes, digest: (purpose, text, length) => bytes(purpose, text).toString('hex').slice(0, length) };
}

function openSecret(sealing: Sealing, text: string): Buffer {
  try {
    return Buffer.from(sealing.open(Buffer.from(text, 'base64'), secretPlace), 'hex');
  } catch {
    throw new DatabaseStartError(
      'CLI_PROXY_DATABASE_KEY is another key than the one that the data of the database is sealed with.',
    );
  }
}
