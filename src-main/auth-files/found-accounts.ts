// Account files of an earlier installation, adopted only on request and by copy: refreshing tokens in place would
// rotate them under a server that may still run there.
import { readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Actor } from '../../src-shared/operation.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { isJsonName } from '../lib/files/file-name.ts';
import { resolveHome } from '../lib/files/resolve-home.ts';
import { parseObject, withoutMark } from '../lib/json-text.ts';
import type { AuthFiles } from './auth-files.ts';

export interface FoundAccount {
  readonly name: string;
  readonly type: string;
}

export interface FoundAccounts {
  /** As people write it. */
  readonly directory: string;
  readonly files: FoundAccount[];
}

const place = '~/.cli-proxy-api';
const maxFiles = 500;

/** What is there and not here yet; nothing when the folder is the one in use. */
export async function findAccounts(authFiles: AuthFiles, home: string = os.homedir()): Promise<FoundAccounts> {
  const own = new Set(authFiles.all.map(({ name }) => name));
  const files = (await readAccounts(authFiles, home)).filter(({ name }) => !own.has(name));
  return { directory: place, files: files.map(({ name, type }) => ({ name, type })) };
}

/** Copies them and tells how many there were. */
export async function copyAccounts(authFiles: AuthFiles, actor: Actor, home: string = os.homedir()): Promise<number> {
  const own = new Set(authFiles.all.map(({ name }) => name));
  const files = (await readAccounts(authFiles, home)).filter(({ name }) => !own.has(name));
  for (const { name, text } of files) await authFiles.save(name, text, actor);
  return files.length;
}

async function readAccounts(
  authFiles: AuthFiles,
  home: string,
): Promise<readonly (FoundAccount & { readonly text: string })[]> {
  const folder = resolveHome(place, home);
  if (path.resolve(authFiles.directory) === folder) return [];
  const names = await readdir(folder).catch((error: unknown) => {
    if (isAbsent(error) || (error as NodeJS.ErrnoException).code === 'EACCES') return [];
    throw error;
  });
  const accounts = names.filter(isJsonName).slice(0, maxFiles);
  const read = await Promise.all(accounts.map((name) => readAccount(path.join(folder, name), name)));
  return read.filter((account) => account !== undefined);
}

async function readAccount(file: string, name: string) {
  // What cannot be read cannot be copied either.
  const text = await readFile(file, 'utf8').catch(() => '');
  const parsed = parseObject(withoutMark(text));
  if ('error' in parsed) return undefined;
  const { type } = parsed.fields;
  return { name, text, type: typeof type === 'string' ? type : '' };
}
