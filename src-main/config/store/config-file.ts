// The config file's bytes: reading them, and replacing them without losing what somebody else saves meanwhile.
import {
  type BigIntStats,
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../../../src-shared/problem.ts';
import {
  fileErrorSentence,
  type Permissions,
  privateMode,
  writeAtomically,
  writeBeside,
  writeBesideAtOnce,
} from '../../lib/files/atomic-file.ts';
import { resolveLinks } from '../../lib/files/symbolic-links.ts';

/** What was on disk at one moment. */
export interface Version {
  /** The bytes as text, a byte order mark included. */
  readonly text: string;
  /** The file behind all symbolic links. */
  readonly target: string;
  readonly stat: BigIntStats;
}

/** Reads the file as it is now; `undefined` when there is none. Throws Problem for what is unreadable or no UTF-8. */
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

/** Reads from the start whatever the handle's position is. */
function readAll(handle: number): Buffer {
  const parts: Buffer[] = [];
  for (let length = 0; ; ) {
    const part = Buffer.allocUnsafe(Math.max(Number(fstatSync(handle).size) - length, 0) + 1);
    const read = readSync(handle, part, 0, part.length, length);
    if (read === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, read));
    length += read;
  }
}

/** Bytes that are no UTF-8 would be changed by a read and a write, so they are an error with a place. */
function decode(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  const back = Buffer.from(text);
  if (back.equals(bytes)) return text;
  let at = 0;
  while (bytes[at] === back[at]) at += 1;
  const before = bytes.subarray(0, at).toString('utf8').split('\n');
  const place = { line: before.length, column: before.at(-1)!.length + 1 };
  throw new Problem('invalid_config', 'not UTF-8 text', { place });
}

/** Same mode, and the same owner where that is somebody else. */
function permissionsOf(stat: BigIntStats | undefined): Permissions {
  if (stat === undefined) return { mode: privateMode };
  const mode = Number(stat.mode & 0o7777n);
  const [uid, gid] = [Number(stat.uid), Number(stat.gid)];
  // Only root may give files away.
  const foreign = process.getuid?.() === 0 && (uid !== 0 || gid !== process.getgid?.());
  return foreign ? { mode, owner: { uid, gid } } : { mode };
}

/**
 * Puts `content` in place of `base`. `false`: somebody else saved meanwhile and his save stands; start again from what is
 * there now. Throws the system error, the file being as it was.
 */
export async function replaceVersion(file: string, base: Version, content: string | Uint8Array): Promise<boolean> {
  const temporary = await writeBeside(base.target, content, permissionsOf(base.stat));
  let old: number | undefined;
  try {
    // From here to the rename nothing waits: what remains are the microseconds between the last look and the rename.
    old = openIfUnchanged(file, base, temporary);
    if (old === undefined) {
      await rm(temporary, { force: true });
      return false;
    }
    if (process.platform === 'win32') {
      // Windows does not replace a file that is open.
      closeSync(old);
      old = undefined;
    }
    renameSync(temporary, base.target);
    if (old === undefined || readAll(old).equals(Buffer.from(base.text))) return true;
    return !(await putBack(file, base, Buffer.from(content), old));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  } finally {
    if (old !== undefined) closeSync(old);
  }
}

/** Replaces or creates the file whatever is there, through its links. Throws the system error. */
export async function overwrite(file: string, text: string): Promise<void> {
  const target = resolveLinks(file);
  const stat = statSync(target, { bigint: true, throwIfNoEntry: false });
  await writeAtomically(target, text, permissionsOf(stat));
}

/** A handle of the file as in `base`, or `undefined` when path, file or bytes have become others. */
function openIfUnchanged(file: string, base: Version, temporary: string): number | undefined {
  if (resolveLinks(file) !== base.target) return undefined;
  let handle: number;
  try {
    handle = openSync(base.target, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const { ino } = fstatSync(handle, { bigint: true });
  const same = readAll(handle).equals(Buffer.from(base.text));
  // Changes nothing, but waits for a rename of theirs that is under way in the folder: ours would wait for it too, and
  // then replace their file, while the look below would still show the old one.
  renameSync(temporary, temporary);
  if (same && lstatSync(base.target, { bigint: true, throwIfNoEntry: false })?.ino === ino) return handle;
  closeSync(handle);
  return undefined;
}

/**
 * Somebody saving in place had the old file open when ours replaced it: his bytes went where no name leads any more.
 * They are put back as the newer save they are, unless there is a newer one still. `ours` is what we just wrote.
 * In one go where possible: he may look again in a moment, and save the next time upon what he finds.
 */
async function putBack(file: string, base: Version, ours: Buffer, old: number): Promise<boolean> {
  const bytes = savedByNow(old) ?? (await savedSoon(old));
  if (bytes === undefined) return false;
  const temporary = writeBesideAtOnce(base.target, bytes, permissionsOf(base.stat));
  const now = readVersion(file);
  if (now !== undefined && ours.equals(Buffer.from(now.text))) renameSync(temporary, base.target);
  else rmSync(temporary, { force: true });
  return true;
}

/** What the other program has written once it stops growing; `undefined` when that takes more than 3 ms. */
function savedByNow(handle: number): Buffer | undefined {
  const end = performance.now() + 3;
  for (let last = readAll(handle); performance.now() < end; ) {
    const bytes = readAll(handle);
    if (bytes.length > 0 && bytes.equals(last)) return bytes;
    last = bytes;
  }
  return undefined;
}

/** The same with patience; `undefined` when it emptied the file and wrote nothing for 200 ms. */
async function savedSoon(handle: number): Promise<Buffer | undefined> {
  let last = readAll(handle);
  for (let look = 0; look < 100; look += 1) {
    await sleep(2);
    const bytes = readAll(handle);
    if (bytes.length > 0 && bytes.equals(last)) return bytes;
    last = bytes;
  }
  return last.length > 0 ? last : undefined;
}
