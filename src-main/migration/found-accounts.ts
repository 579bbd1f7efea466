// The account files of another installation, file by file.
import path from 'node:path';
import type { FoundDirectory, FoundFile } from '../../src-shared/contract/installations.ts';
import { type AuthFile, readAuthFile } from '../auth-files/auth-file.ts';
import type { AuthFiles } from '../auth-files/auth-files.ts';
import { jsonNames } from '../auth-files/auth-folder.ts';
import { compareNames } from '../lib/files/file-name.ts';

/** Why an account file cannot be used here; undefined when it can. */
export type Judge = (file: Pick<AuthFile, 'name' | 'type' | 'content'>) => string | undefined;

const maxFiles = 500;

/** `undefined` when it has no account files, cannot be read, or is the directory in use. */
export function describeDirectory(authFiles: AuthFiles, judge: Judge, directory: string): FoundDirectory | undefined {
  if (path.resolve(authFiles.directory) === path.resolve(directory)) return undefined;
  const names = namesIn(directory);
  if (names.length === 0) return undefined;
  const own = ownNames(authFiles);
  const files = names.slice(0, maxFiles).map((name): FoundFile => {
    const file = readForeign(directory, name);
    const exists = own.has(name.toLowerCase());
    if (typeof file === 'string') return { name, type: '', use: 'refused', message: file, exists };
    const message = judge(file);
    if (message === undefined) return { name, type: file.type, use: 'used', exists };
    return { name, type: file.type, use: 'kept', message, exists };
  });
  return { directory, files, omitted: names.length - files.length };
}

/** In lower case: some systems take names that differ in case for the same file. */
export const ownNames = (authFiles: AuthFiles): ReadonlySet<string> =>
  new Set(authFiles.all.map(({ name }) => name.toLowerCase()));

/** The file, or a sentence that says why it cannot be copied. */
export function readForeign(directory: string, name: string): AuthFile | string {
  try {
    const found = readAuthFile(directory, name);
    if (found === undefined) return 'There is no such file in this directory.';
    return found.file.content === undefined ? 'This is not an account file: a JSON object is needed.' : found.file;
  } catch {
    return 'The file cannot be read. Check its permissions.';
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return [...jsonNames(directory)].sort(compareNames);
  } catch {
    // Neither can anything be copied from a directory that cannot be read.
    return [];
  }
}
