// One account file as it is on disk.
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import path from 'node:path';
import { isAbsent } from '../lib/files/file-errors.ts';
import { fieldText, parseObject, withoutMark } from '../lib/json-text.ts';

export interface AuthFile {
  readonly name: string;
  /** Absolute, with the name as it stands in the folder. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly created: Date;
  readonly modified: Date;
  readonly text: string;
  /** `undefined`: the text is not a JSON object. */
  readonly content: Readonly<Record<string, unknown>> | undefined;
  /** The fields `type` and `email` as text, read from broken files too; `''` when there is none. */
  readonly type: string;
  readonly email: string;
}

/** An account file with the place and state it was read from. */
export interface FoundFile {
  readonly file: AuthFile;
  /** Behind a symbolic link; of an account that is no file: its name. */
  readonly target: string;
  /** Differs when the file was written or replaced since. */
  readonly stamp: string;
}

/** Nobody's account file is larger; what is, gets listed but not read. */
const maxBytes = 4 * 1024 * 1024;
/** Without it, opening a pipe would wait for a writer; without the other, a link swapped in meanwhile would be followed. */
const careful = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Where the name leads: symbolic links are followed within the folder, never out of it. `undefined`: nowhere. */
function targetOf(folder: string, name: string): string | undefined {
  const place = path.join(folder, name);
  if (!lstatSync(place).isSymbolicLink()) return place;
  const target = realpathSync(place);
  return path.dirname(target) === realpathSync(folder) ? target : undefined;
}

/** What is known of a file without opening it; `undefined` when there is no such plain file. Throws the system error. */
export function findFile(folder: string, name: string): FoundFile | undefined {
  try {
    const target = targetOf(folder, name);
    const stat = target === undefined ? undefined : lstatSync(target);
    if (target === undefined || !stat?.isFile()) return undefined;
    return { file: asFile(folder, name, stat, ''), target, stamp: stampOf(stat) };
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Reads one account file; `undefined` when there is no such plain file in the folder. Throws the system error. */
export function readAuthFile(folder: string, name: string): FoundFile | undefined {
  const found = findFile(folder, name);
  if (found === undefined) return undefined;
  let handle: number;
  try {
    handle = openSync(found.target, careful);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) return undefined;
    const text = stat.size > maxBytes ? '' : readFileSync(handle, 'utf8');
    return { file: asFile(folder, name, stat, text), target: found.target, stamp: stampOf(stat) };
  } finally {
    closeSync(handle);
  }
}

function asFile(folder: string, name: string, { size, birthtime, mtime }: Stats, text: string): AuthFile {
  return readAs(name, text, { path: path.resolve(folder, name), size, created: birthtime, modified: mtime });
}

type Stat = Pick<AuthFile, 'path' | 'size' | 'created' | 'modified'>;

/** What a text is as an account file. */
export function readAs(name: string, text: string, stat: Stat): AuthFile {
  const parsed = parseObject(withoutMark(text));
  return {
    name,
    path: stat.path,
    size: stat.size,
    created: stat.created,
    modified: stat.modified,
    text,
    content: 'fields' in parsed ? parsed.fields : undefined,
    type: fieldText(text, 'type'),
    email: fieldText(text, 'email'),
  };
}

function stampOf(stat: Stats): string {
  return `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
}
