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
import type { AuthFile } from './auth-file.ts';
import type { AuthFiles } from './auth-files.ts';

export interface FoundAccount {
  readonly name: string;
  readonly type: string;
  /** Why it cannot be used here; such a file is not copied. */
  readonly unsupported?: string;
}

/** Why an account file cannot be used here; undefined when it can. */
export type Judge = (file: Pick<AuthFile, 'name' | 'type' | 'content'>) => string | undefined;

export interface FoundAccounts {
  /** As people write it. */
  readonly directory: string;
  readonly files: FoundAccount[];
}

const place = '~/.cli-proxy-api';
const maxFiles = 500;

/** What is there and not here yet; nothing when the folder is the one in use. */
export async function findAccounts(
  authFiles: AuthFiles,
  judge: Judge = () => undefined,
  home: string = os.homedir(),
): Promise<FoundAccounts> {
  const own = new Set(authFiles.all.map(({ name }) => name));
  const files = (await readAccounts(authFiles, home)).filter(({ name }) => !own.has(name));
  const described = files.map(({ name, type, content }) => {
    const unsupported = judge({ name, type, content });
    return { name, type, ...(unsupported !== undefined && { unsupported }) };
  });
  return { directory: place, files: described };
}

/** Copies them and tells how many there were. */
export async function copyAccounts(
  authFiles: AuthFiles,
  actor: Actor,
  judge: Judge = () => undefined,
  home: string = os.homedir(),
): Promise<number> {
  const own = new Set(authFiles.all.map(({ name }) => name));
  const files = (await readAccounts(authFiles, home)).filter(
    (file) => !own.has(file.name) && judge(file) === undefined,
  );
  for (const { name, text } of files) await authFiles.save(name, text, actor);
  return files.length;
}

type ReadAccount = Pick<AuthFile, 'name' | 'type' | 'text' | 'content'>;

async function readAccounts(authFiles: AuthFiles, home: string): Promise<readonly ReadAccount[]> {
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
  return { name, text, content: parsed.fields, type: typeof type === 'string' ? type : '' };
}
