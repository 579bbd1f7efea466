// Opens the database with everything that is kept in it. Loaded only when the program is started with one.
import os from 'node:os';
import type { AccountFolder } from '../auth-files/account-folder.ts';
import type { FirstKeys } from '../config/first-run.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock } from '../lib/time/clock.ts';
import { parseAddress } from './address.ts';
import { Changes } from './changes.ts';
import { Database } from './connection/database.ts';
import { startDatabase } from './connection/start.ts';
import { exportFolder } from './export-folder.ts';
import { importFirst, importFolder } from './import-folder.ts';
import { enterInstance, Instances } from './instances.ts';
import { DatabaseAccounts } from './ports/accounts.ts';
import { DatabaseBans } from './ports/bans.ts';
import { DatabaseConfigText } from './ports/config-text.ts';
import { DatabaseDocuments } from './ports/documents.ts';
import { DatabaseLogins } from './ports/logins.ts';
import { DatabaseRefreshLock } from './ports/refresh-lock.ts';
import { rekey } from './rekey.ts';
import { Sealing } from './sealing.ts';
import { type DatabaseSecret, databaseSecret } from './secret.ts';
import { PostgresStorage } from './storage/postgres-storage.ts';
import { sharedTimeZone } from './time-zone.ts';

export interface OpenDatabaseOptions {
  readonly url: string;
  readonly key: string;
  /** How long it may take the database to listen. Milliseconds. */
  readonly waitMs: number;
  /** Of this instance; default: the name of the machine. */
  readonly name: string | undefined;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: (source: string) => Logger;
}

export interface OpenDatabase {
  readonly database: Database;
  readonly changes: Changes;
  readonly instances: Instances;
  readonly secret: DatabaseSecret;
  /** In which days begin, unless the config says otherwise. */
  readonly timeZone: string;
  readonly config: DatabaseConfigText;
  readonly refreshLock: DatabaseRefreshLock;
  readonly storage: PostgresStorage;
  readonly logins: DatabaseLogins;
  readonly documents: DatabaseDocuments;
  readonly bans: DatabaseBans;
  /** `directory`: `auth-dir` of the config. */
  readonly accounts: (directory: string) => AccountFolder;
  /** Takes the config file and its accounts into an empty database; the keys where a config was made. */
  readonly importFirst: (file: string) => Promise<FirstKeys | undefined>;
  /** How many accounts there were. */
  readonly importFolder: (file: string, isReplaced: boolean) => Promise<number>;
  /** `withRequests`: the history of requests too. */
  readonly exportFolder: (folder: string, withRequests: boolean) => Promise<void>;
  /** Seals everything with the first key; how many values were sealed with another. */
  readonly rekey: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Throws DatabaseStartError with a sentence that says what to do. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const { url, key, waitMs, name = os.hostname(), version, clock, logger } = options;
  const address = parseAddress(url);
  const sealing = new Sealing(key);
  const log = logger('database.ts');
  const database = new Database({ address, name, log });
  try {
    await startDatabase({ database, name, version, waitMs });
    const secret = await databaseSecret(database, sealing);
    const timeZone = await sharedTimeZone(database, log);
    const id = await enterInstance(database, name, version);
    const changes = new Changes({ database, instance: id, clock, log: logger('changes.ts') });
    await changes.start();
    const instances = new Instances({ database, id, name, version, clock, log: logger('instances.ts') });
    const config = new DatabaseConfigText({ database, sealing, changes });
    const accountsIn = (directory: string) => new DatabaseAccounts({ database, sealing, changes, directory });
    const documents = new DatabaseDocuments({ database, sealing, changes });
    const storage = new PostgresStorage({
      ...{ database, changes, sealing, secret },
      log: logger('postgres-storage.ts'),
    });
    const moved = { database, config, changes, documents, log: logger('import-folder.ts') };
    return {
      ...{ database, changes, instances, secret, timeZone, config },
      storage,
      logins: new DatabaseLogins({ database, sealing, secret, changes }),
      bans: new DatabaseBans({ database, changes, clock, log: logger('bans.ts') }),
      documents,
      refreshLock: new DatabaseRefreshLock({ database, secret, instance: id }),
      accounts: accountsIn,
      importFirst: (file) => importFirst({ ...moved, accounts: accountsIn(''), file }),
      importFolder: (file, isReplaced) => importFolder({ ...moved, accounts: accountsIn(''), file, isReplaced }),
      exportFolder: (folder, withRequests) =>
        exportFolder({
          ...{ config, accounts: accountsIn(''), documents, folder },
          ledger: withRequests ? storage.ledger : undefined,
        }),
      rekey: () => rekey(database, sealing),
      close: async () => {
        await changes.close();
        await instances.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
