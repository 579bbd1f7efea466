// The database of this start of the program: opened and filled for serving, or for moving data in and out.
import path from 'node:path';
import type { FirstKeys } from './config/first-run.ts';
import { type OpenDatabase, openDatabase } from './database/open-database.ts';
import type { Logger } from './lib/logger.ts';
import { systemClock } from './lib/time/clock.ts';
import { version } from './version.ts';

interface SharedDatabaseOptions {
  readonly url: string;
  readonly key: string;
  readonly waitMs: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface ServedDatabaseOptions extends SharedDatabaseOptions {
  readonly configFile: string;
  readonly logger: (source: string) => Logger;
  readonly onFirstKeys: (keys: FirstKeys | undefined) => void;
}

/** With a config in it, whether it had one before or not. */
export async function openSharedDatabase(options: ServedDatabaseOptions): Promise<OpenDatabase> {
  const database = await open(options, options.logger);
  try {
    options.onFirstKeys(await database.importFirst(options.configFile));
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface Move {
  readonly import?: string | undefined;
  readonly export?: string | undefined;
  readonly replace?: boolean | undefined;
  readonly 'with-requests'?: boolean | undefined;
  readonly rekey?: boolean | undefined;
}

/** What was done, in a sentence. */
export async function moveData(options: SharedDatabaseOptions, move: Move): Promise<string> {
  const database = await open(options, () => warnings);
  try {
    if (move.rekey === true) return `${await database.rekey()} values were sealed with the first key.`;
    if (move.import !== undefined) {
      const count = await database.importFolder(path.resolve(move.import), move.replace === true);
      return `The config and ${count} accounts are in the database.`;
    }
    const folder = path.resolve(move.export ?? '');
    await database.exportFolder(folder, move['with-requests'] === true);
    return `Everything is in ${folder}.`;
  } finally {
    await database.close();
  }
}

function open(
  { url, key, waitMs, environment }: SharedDatabaseOptions,
  logger: (source: string) => Logger,
): Promise<OpenDatabase> {
  const name = environment.CLI_PROXY_INSTANCE || undefined;
  return openDatabase({ url, key, waitMs, name, version, clock: systemClock, logger });
}

const say = (message: string) => void process.stderr.write(`${message}\n`);
const warnings: Logger = { debug: () => {}, info: () => {}, warning: say, error: say };
