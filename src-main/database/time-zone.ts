// The time zone of all instances: that of the one which made the database, unless the config names another.
import type { Logger } from '../lib/logger.ts';
import { ownTimeZone } from '../lib/time/time-zone.ts';
import type { Database, Statement } from './connection/database.ts';

const insertZone: Statement = {
  name: 'insert_time_zone',
  text: "insert into meta(name, value) values ('time_zone', to_jsonb($1::text)) on conflict do nothing",
};
const selectZone: Statement = { name: 'time_zone', text: "select value from meta where name = 'time_zone'" };

export async function sharedTimeZone(database: Database, log: Logger): Promise<string> {
  const own = ownTimeZone();
  await database.query('work', insertZone, [own]);
  const [row] = await database.query('work', selectZone);
  const zone = String(row?.value ?? own);
  if (zone !== own) log.info(`days are those of ${zone}, as on the other instances, and not of ${own}`);
  return zone;
}
