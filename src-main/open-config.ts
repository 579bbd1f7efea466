// Opens the config and the accounts: files of this machine, or a database that several instances share.
import { AuthFiles } from './auth-files/auth-files.ts';
import { ConfigStore } from './config/store/config-store.ts';
import type { ConfigStoreOptions } from './config/store/config-store-options.ts';
import type { OpenDatabase } from './database/open-database.ts';
import type { Logger } from './lib/logger.ts';

/** Gives the database that the program is started with; absent: everything is kept in files. */
export type OpenShared = (logger: (source: string) => Logger) => Promise<OpenDatabase>;

export interface OpenConfigOptions extends Omit<ConfigStoreOptions, 'source' | 'log'> {
  readonly logger: (source: string) => Logger;
  readonly openDatabase: OpenShared | undefined;
}

export interface OpenConfig {
  readonly database: OpenDatabase | undefined;
  readonly config: ConfigStore;
  readonly authFiles: AuthFiles;
}

/** Throws Problem, or what the database's start says. */
export async function openConfig(options: OpenConfigOptions): Promise<OpenConfig> {
  const { logger, openDatabase } = options;
  const database = await openDatabase?.(logger);
  try {
    const source = database?.config;
    const config = await ConfigStore.open({ ...options, source, log: logger('config-store.ts') });
    try {
      const directory = config.current.authDir;
      const folder = database?.accounts(directory);
      return { database, config, authFiles: await AuthFiles.open({ directory, folder, log: logger('auth-files.ts') }) };
    } catch (error) {
      await config.close();
      throw error;
    }
  } catch (error) {
    await database?.close();
    throw error;
  }
}
