// Replacing the config file without losing what another program saves at the same time.
import { closeSync, fstatSync, lstatSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isTemporaryName, writeBeside, writeBesideSync } from '../../lib/files/atomic-file.ts';
import { isLockName, lockOf, withLock } from '../../lib/files/file-lock.ts';
import { renameOrWriteInPlace } from '../../lib/files/mounted-file.ts';
import { resolveLinks } from '../../lib/files/symbolic-links.ts';
import { permissionsOf, readAll, readVersion, type Version } from './config-version.ts';

/** How often, and for how many milliseconds each, to wait for another program that seems to be saving. */
const maxWaits = 25;
const waitMs = 2;

/** Told when the file could not be replaced by a rename, because it is a mount point, and was written in place. */
export type OnInPlace = () => void;

/**
 * Puts `content` in place of `base`. `false`: another program saved in the meantime and its save wins; start again from
 * what is on disk then. Throws the system error; the file is then as it was.
 */
export async function replaceVersion(
  file: string,
  base: Version,
  content: string | Uint8Array,
  onInPlace: OnInPlace,
): Promise<boolean> {
  const bytes = Buffer.from(content);
  const names = foreignNames(base);
  const temporary = await writeBeside(base.target, bytes, permissionsOf(base.stat));
  try {
    // Between programs of this kind the lock leaves no gap; others do not know it.
    return await withLock(lockOf(base.target), () => swap({ file, base, temporary, names, bytes, onInPlace }));
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Replaces or creates the file whatever is there, through its links. Throws the system error. */
export async function overwrite(file: string, text: string, onInPlace: OnInPlace = () => {}): Promise<void> {
  const target = resolveLinks(file);
  const stat = statSync(target, { bigint: true, throwIfNoEntry: false });
  const bytes = Buffer.from(text);
  const temporary = await writeBeside(target, bytes, permissionsOf(stat));
  try {
    await withLock(lockOf(target), () => {
      if (!renameOrWriteInPlace(temporary, target, bytes)) onInPlace();
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

interface Swap {
  readonly file: string;
  readonly base: Version;
  /** The file that takes the place of the base, with `bytes` in it. */
  readonly temporary: string;
  readonly bytes: Buffer;
  /** What lay in the directory when the write began. */
  readonly names: ReadonlySet<string>;
  readonly onInPlace: OnInPlace;
}

/** See {@link replaceVersion}. Only the microseconds from the check to the rename are left to other programs. */
async function swap({ file, base, temporary, names, bytes, onInPlace }: Swap): Promise<boolean> {
  let old: number | undefined;
  for (let waits = 0; old === undefined; waits += 1) {
    const found = openIfUnchanged(file, base, temporary, waits < maxWaits ? names : undefined);
    if (found === 'changed') return false;
    if (found === 'busy') await delay(waitMs);
    else old = found;
  }
  try {
    if (process.platform === 'win32') {
      // Windows does not replace a file that is open.
      closeSync(old);
      old = undefined;
    }
    if (!renameOrWriteInPlace(temporary, base.target, bytes)) {
      onInPlace();
      return true;
    }
    if (old === undefined || readAll(old).equals(Buffer.from(base.text))) return true;
    return !(await restoreConcurrentSave(file, base, bytes, old));
  } finally {
    if (old !== undefined) closeSync(old);
  }
}

/**
 * A handle of the file as in `base`; `changed`: its path, the file itself or its bytes are others; `busy`: another
 * program has made a file beside it that is not among `names`, perhaps to rename it to the config in a moment.
 */
function openIfUnchanged(
  file: string,
  base: Version,
  temporary: string,
  names: ReadonlySet<string> | undefined,
): number | 'changed' | 'busy' {
  if (resolveLinks(file) !== base.target) return 'changed';
  let handle: number;
  try {
    handle = openSync(base.target, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'changed';
    throw error;
  }
  const { ino } = fstatSync(handle, { bigint: true });
  const isSame = readAll(handle).equals(Buffer.from(base.text));
  // Changes nothing, but waits for a rename by another program that is under way in the folder. Our own rename would wait
  // for it as well and then replace their file, although the check below would still have seen the old one.
  renameSync(temporary, temporary);
  const isBusy = names !== undefined && [...foreignNames(base)].some((name) => !names.has(name));
  if (isSame && lstatSync(base.target, { bigint: true, throwIfNoEntry: false })?.ino === ino) {
    if (!isBusy) return handle;
    closeSync(handle);
    return 'busy';
  }
  closeSync(handle);
  return 'changed';
}

/** The names beside the config, without those that programs of this kind make and remove again. */
function foreignNames({ target }: Version): ReadonlySet<string> {
  return new Set(readdirSync(path.dirname(target)).filter((name) => !isTemporaryName(name) && !isLockName(name)));
}

/**
 * A program that saves in place had the old file open when ours replaced it, so its bytes went to a file that has no
 * name left. They are the newer save and are written back, unless there is an even newer one. `ours` is what we wrote.
 * Synchronous where possible: the program may read the file in a moment and base its next save on what it finds.
 */
async function restoreConcurrentSave(file: string, base: Version, ours: Buffer, old: number): Promise<boolean> {
  const bytes = readOnceStableSync(old) ?? (await readOnceStable(old));
  if (bytes === undefined) return false;
  const temporary = writeBesideSync(base.target, bytes, permissionsOf(base.stat));
  const present = readVersion(file);
  if (present !== undefined && ours.equals(Buffer.from(present.text))) renameSync(temporary, base.target);
  else rmSync(temporary, { force: true });
  return true;
}

/** What the other program has written once it stops growing; `undefined` when that takes more than 3 ms. */
function readOnceStableSync(handle: number): Buffer | undefined {
  const end = performance.now() + 3;
  for (let last = readAll(handle); performance.now() < end; ) {
    const bytes = readAll(handle);
    if (bytes.length > 0 && bytes.equals(last)) return bytes;
    last = bytes;
  }
  return undefined;
}

/** The same without blocking; `undefined` when the program emptied the file and wrote nothing for 200 ms. */
async function readOnceStable(handle: number): Promise<Buffer | undefined> {
  let last = readAll(handle);
  for (let reread = 0; reread < 100; reread += 1) {
    await delay(2);
    const bytes = readAll(handle);
    if (bytes.length > 0 && bytes.equals(last)) return bytes;
    last = bytes;
  }
  return last.length > 0 ? last : undefined;
}
