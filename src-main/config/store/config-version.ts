// The config file's bytes as they are on disk at one moment.
import { type BigIntStats, closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { Problem } from '../../../src-shared/problem.ts';
import { type Permissions, privateMode } from '../../lib/files/atomic-file.ts';
import { fileErrorSentence } from '../../lib/files/file-errors.ts';
import { resolveLinks } from '../../lib/files/symbolic-links.ts';

/**
 * Waits before a file that is missing or invalid is read again, in milliseconds: a save in place leaves it empty or
 * half written for a moment, and an editor that makes a backup first leaves none at all.
 */
export const rereadDelaysMs = [5, 10, 20, 40, 60];

/** What was on disk at one moment. */
export interface Version {
  /** The bytes as text, a byte order mark included. */
  readonly text: string;
  /** The file behind all symbolic links. */
  readonly target: string;
  readonly stat: BigIntStats;
}

/** Reads the file as it is now; `undefined` when there is none. Throws Problem when it is unreadable or not UTF-8. */
export function readVersion(file: string): Version | undefined {
  const target = resolveLinks(file);
  let handle: number;
  try {
    handle = openSync(target, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Problem('file_read_failed', `the config cannot be read: ${fileErrorSentence(error, target)}`);
  }
  try {
    const stat = fstatSync(handle, { bigint: true });
    return { text: decode(readAll(handle)), target, stat };
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem('file_read_failed', `the config cannot be read: ${fileErrorSentence(error, target)}`);
  } finally {
    closeSync(handle);
  }
}

/** All bytes from the start of the file, whatever the position of the handle. */
export function readAll(handle: number): Buffer {
  const parts: Buffer[] = [];
  for (let length = 0; ; ) {
    const part = Buffer.allocUnsafe(Math.max(Number(fstatSync(handle).size) - length, 0) + 1);
    const read = readSync(handle, part, 0, part.length, length);
    if (read === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, read));
    length += read;
  }
}

/** Bytes that are not UTF-8 would change with a read and a write, so they are an error that names their place. */
function decode(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  const encoded = Buffer.from(text);
  if (encoded.equals(bytes)) return text;
  let at = 0;
  while (bytes[at] === encoded[at]) at += 1;
  const before = bytes.subarray(0, at).toString('utf8').split('\n');
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  throw new Problem('invalid_config', 'not UTF-8 text', { place });
}

/** The mode of the file, and its owner where that is another user. */
export function permissionsOf(stat: BigIntStats | undefined): Permissions {
  if (stat === undefined) return { mode: privateMode };
  const mode = Number(stat.mode & 0o7777n);
  const [uid, gid] = [Number(stat.uid), Number(stat.gid)];
  // Only root may give files away.
  const foreign = process.getuid?.() === 0 && (uid !== 0 || gid !== process.getgid?.());
  return foreign ? { mode, owner: { uid, gid } } : { mode };
}
