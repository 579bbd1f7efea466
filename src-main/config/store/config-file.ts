// Replacing the config file without losing what another program saves at the same time.
import { closeSync, fstatSync, lstatSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { writeAtomically, writeBeside, writeBesideSync } from '../../lib/files/atomic-file.ts';
import { resolveLinks } from '../../lib/files/symbolic-links.ts';
import { permissionsOf, readAll, readVersion, type Version } from './config-version.ts';

/**
 * Puts `content` in place of `base`. `false`: another program saved in the meantime and its save wins; start again from
 * what is on disk then. Throws the system error; the file is then as it was.
 */
export async function replaceVersion(file: string, base: Version, content: string | Uint8Array): Promise<boolean> {
  const temporary = await writeBeside(base.target, content, permissionsOf(base.stat));
  let old: number | undefined;
  try {
    // Nothing waits from here to the rename: only the microseconds between this check and the rename are left unguarded.
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
    return !(await restoreConcurrentSave(file, base, Buffer.from(content), old));
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

/** A handle of the file as in `base`, or `undefined` when its path, the file itself or its bytes have changed. */
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
  // Changes nothing, but waits for a rename by another program that is under way in the folder. Our own rename would wait
  // for it as well and then replace their file, although the check below would still have seen the old one.
  renameSync(temporary, temporary);
  if (same && lstatSync(base.target, { bigint: true, throwIfNoEntry: false })?.ino === ino) return handle;
  closeSync(handle);
  return undefined;
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
