// The file of the database: private, checked when it is opened, and set aside when it is damaged.
import { chmodSync, closeSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { mkdirp } from '../../lib/files/mkdirp.ts';
import { migrate, versionOf } from './schema.ts';

/** Damaged files that are kept. */
const maxDamaged = 3;
/** How long a write waits for another program on the same file. Milliseconds. */
const busyMs = 5000;
/** Larger files are checked beside the work on them: the check reads all of it, some 30 MB a second on a busy machine. */
const maxCheckedBytes = 8 * 1024 * 1024;
/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const damageCodes = new Set([11, 26]);

class DamagedFile extends Error {}

export type DatabaseConstructor = typeof DatabaseSync;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** The new name of a damaged file that stood in its place. */
  readonly setAside: string | undefined;
}

export function isDamage(error: unknown): boolean {
  const { errcode } = error as { readonly errcode?: unknown };
  // The lower byte is the kind; the rest says more about it.
  return error instanceof DamagedFile || (typeof errcode === 'number' && damageCodes.has(errcode & 0xff));
}

/** Throws what SQLite or the system says when there can be no such file. */
export function openDatabase(file: string, Database: DatabaseConstructor): OpenedDatabase {
  mkdirp(path.dirname(file));
  try {
    return { database: open(file, Database), setAside: undefined };
  } catch (error) {
    if (!isDamage(error)) throw error;
    const setAside = setDamagedAside(file);
    return { database: open(file, Database), setAside };
  }
}

function open(file: string, Database: DatabaseConstructor): DatabaseSync {
  // SQLite gives its own files the mode of this one.
  closeSync(openSync(file, 'a', 0o600));
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  const database = new Database(file, { timeout: busyMs });
  try {
    // Pages that are freed can be given back to the system; possible only before there are tables.
    if (versionOf(database) === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -2000');
    if (!isLarge(file)) checkDatabase(database);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Whether opening the file leaves its check to somebody else. */
export const isLarge = (file: string): boolean =>
  (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > maxCheckedBytes;

/** Throws for a damaged file. */
export function checkDatabase(database: DatabaseSync): void {
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (verdict !== 'ok') throw new DamagedFile(String(verdict));
}

/** Its new name. */
export function setDamagedAside(file: string): string {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const target = `${file}.damaged-${stamp}`;
  for (const end of ['', '-wal', '-shm']) {
    try {
      renameSync(file + end, target + end);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.damaged-`;
  const damaged = readdirSync(folder).filter((name) => name.startsWith(prefix) && !/-(?:wal|shm)$/.test(name));
  for (const name of damaged.sort().slice(0, -maxDamaged)) {
    for (const end of ['', '-wal', '-shm']) rmSync(path.join(folder, name + end), { force: true });
  }
  return target;
}
