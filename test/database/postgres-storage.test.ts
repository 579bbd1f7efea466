// The storage of several instances does what that of one machine does.
import { afterEach, beforeEach } from 'vitest';
import { type OpenDatabase, openDatabase } from '../../src-main/database/open-database.ts';
import { createLogger } from '../../src-main/lib/logger.ts';
import { systemClock } from '../../src-main/lib/time/clock.ts';
import { storageCases } from '../storage/storage-cases.ts';
import { postgresServer } from '../support/postgres-server.ts';

const server = postgresServer();
const key = Buffer.alloc(32, 7).toString('base64');
const opened: OpenDatabase[] = [];
let url = '';

beforeEach(() => {
  url = server.newUrl();
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

storageCases(async () => {
  const logger = (source: string) => createLogger(() => {}, source);
  const options = { url, key, waitMs: 0, name: 'one', version: '0', clock: systemClock, logger };
  const database = await openDatabase(options);
  opened.push(database);
  return database.storage;
});
