// Brings a config file with its accounts into the database, byte for byte.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { byApp } from '../../src-shared/operation.ts';
import { settings } from '../../src-shared/settings.ts';
import { jsonNames } from '../auth-files/auth-folder.ts';
import { type FirstKeys, newConfig } from '../config/first-run.ts';
import { readVersion } from '../config/store/config-version.ts';
import { readConfig } from '../config/yaml/read-config.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { resolveHome } from '../lib/files/resolve-home.ts';
import type { Logger } from '../lib/logger.ts';
import { DatabaseStartError } from './address.ts';
import type { Changes } from './changes.ts';
import type { Database, Statement } from './connection/database.ts';
import type { DatabaseAccounts } from './ports/accounts.ts';
import type { DatabaseConfigText } from './ports/config-text.ts';
import type { DatabaseDocuments } from './ports/documents.ts';

const lock: Statement = { name: 'lock_import', text: 'select pg_advisory_xact_lock(1, 3)' };
const hasConfig: Statement = { name: 'has_config', text: 'select 1 from config' };
const removeAccounts: Statement = { name: 'remove_accounts', text: 'delete from accounts' };

/** For thousands of accounts. Milliseconds. */
const importMs = 60_000;

interface ImportOptions {
  readonly database: Database;
  readonly config: DatabaseConfigText;
  readonly accounts: DatabaseAccounts;
  readonly changes: Changes;
  readonly documents: DatabaseDocuments;
  readonly file: string;
  readonly log: Logger;
}

/** What is imported: the text, and accounts by name. */
interface Folder {
  readonly text: string;
  readonly accounts: ReadonlyMap<string, string>;
}

/** Into an empty database, by one of the instances that start together; the keys where a config was made for it. */
export async function importFirst(options: ImportOptions): Promise<FirstKeys | undefined> {
  const { database, config, accounts, file, log } = options;
  if (await config.exists()) {
    sayWhenOther(await config.read().then((stored) => stored?.text), file, log);
    return undefined;
  }
  const made = existsSync(file) ? undefined : await newConfig();
  const folder = made === undefined ? readFolder(file, log) : { text: made.text, accounts: new Map<string, string>() };
  const isOurs = await database.transaction(async (query) => {
    await query(lock);
    if ((await query(hasConfig)).length > 0) return false;
    await config.create(query, folder.text);
    for (const [name, text] of folder.accounts) await accounts.put(query, name, text);
    return true;
  }, importMs);
  if (!isOurs) return undefined;
  await importLabels(options);
  log.info(`the database holds the config and ${folder.accounts.size} accounts from here on`);
  return made?.keys;
}

/** `--import`. Throws DatabaseStartError where there is a config already and `isReplaced` is false. */
export async function importFolder(options: ImportOptions & { readonly isReplaced: boolean }): Promise<number> {
  const { database, config, accounts, changes, file, isReplaced, log } = options;
  if (!existsSync(file)) throw new DatabaseStartError(`There is no config file ${file} to import.`);
  if ((await config.exists()) && !isReplaced)
    throw new DatabaseStartError('The database has a config already; --replace puts the file in its place.');
  const folder = readFolder(file, log);
  if (!(await config.exists())) {
    await importFirst(options);
    return folder.accounts.size;
  }
  await config.overwrite(folder.text, byApp);
  await database.transaction(async (query, write) => {
    const before = accounts.names();
    await query(removeAccounts);
    for (const [name, text] of folder.accounts) await accounts.put(query, name, text);
    for (const name of new Set([...before, ...folder.accounts.keys()]))
      await changes.announce(query, write, 'account', name, byApp);
  }, importMs);
  await importLabels(options);
  return folder.accounts.size;
}

/** Of an export, where they lie beside its config. */
async function importLabels({ documents, file, log }: ImportOptions): Promise<void> {
  const labels = path.join(path.dirname(file), 'labels.json');
  if (!existsSync(labels)) return;
  try {
    const document: unknown = JSON.parse(readFileSync(labels, 'utf8'));
    await documents.open('key-labels').update(() => document);
  } catch (error) {
    log.warning(`labels.json is not imported: ${(error as Error).message}`);
  }
}

/** Throws Problem for a config that is not valid. */
function readFolder(file: string, log: Logger): Folder {
  const stored = readVersion(file);
  if (stored === undefined) throw new DatabaseStartError(`There is no config file ${file}.`);
  const authDir = readConfig(stored.text)['auth-dir'] || settings['auth-dir'].default;
  return { text: stored.text, accounts: readAccounts(resolveHome(authDir), log) };
}

function readAccounts(directory: string, log: Logger): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of namesIn(directory)) {
    const bytes = readFileSync(path.join(directory, name));
    const text = bytes.toString('utf8');
    if (Buffer.from(text).equals(bytes)) found.set(name, text);
    else log.warning(`${name} is not imported: it is not UTF-8 text`);
  }
  return found;
}

function namesIn(directory: string): readonly string[] {
  try {
    return jsonNames(directory);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** The file is not read any more once the database has a config, which surprises whoever edits it. */
function sayWhenOther(text: string | undefined, file: string, log: Logger): void {
  if (!existsSync(file) || text === undefined || readFileSync(file, 'utf8') === text) return;
  log.warning(`${file} differs from the config in the database, which is in force`);
}
