// Account files of an earlier installation, adopted only on request and by copy: refreshing tokens in place would
// rotate them under a server that may still run there.
import os from 'node:os';
import path from 'node:path';
import type { Actor } from '../../src-shared/operation.ts';
import { isAbsent } from '../lib/files/file-errors.ts';
import { resolveHome } from '../lib/files/resolve-home.ts';
import { type AuthFile, readAuthFile } from './auth-file.ts';
import type { AuthFiles } from './auth-files.ts';
import { jsonNames } from './auth-folder.ts';

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
export function findAccounts(
  authFiles: AuthFiles,
  judge: Judge = () => undefined,
  home: string = os.homedir(),
): FoundAccounts {
  const own = new Set(authFiles.all.map(({ name }) => name));
  const files: FoundAccount[] = [];
  for (const file of readAccounts(authFiles, home)) {
    if (own.has(file.name)) continue;
    const unsupported = judge(file);
    files.push({ name: file.name, type: file.type, ...(unsupported !== undefined && { unsupported }) });
  }
  return { directory: place, files };
}

/** Copies them and tells how many there were. */
export async function copyAccounts(
  authFiles: AuthFiles,
  actor: Actor,
  judge: Judge = () => undefined,
  home: string = os.homedir(),
): Promise<number> {
  const own = new Set(authFiles.all.map(({ name }) => name));
  let copied = 0;
  for (const file of readAccounts(authFiles, home)) {
    if (own.has(file.name) || judge(file) !== undefined) continue;
    await authFiles.save(file.name, file.text, actor);
    copied += 1;
  }
  return copied;
}

/** One after the other: together they may be large. */
function* readAccounts(authFiles: AuthFiles, home: string): Generator<AuthFile> {
  const folder = resolveHome(place, home);
  if (path.resolve(authFiles.directory) === folder) return;
  for (const name of namesIn(folder).slice(0, maxFiles)) {
    const file = readAccount(folder, name);
    if (file?.content !== undefined) yield file;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return jsonNames(folder);
  } catch (error) {
    if (isAbsent(error) || (error as NodeJS.ErrnoException).code === 'EACCES') return [];
    throw error;
  }
}

function readAccount(folder: string, name: string): AuthFile | undefined {
  try {
    return readAuthFile(folder, name)?.file;
  } catch {
    // What cannot be read cannot be copied either.
    return undefined;
  }
}
