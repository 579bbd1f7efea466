// Whole-file writes that leave either the old file or the new one, whatever happens in between.
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, chownSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { isRunning } from './process-identity.ts';

/** Readable and writable by the owner only. */
export const privateMode = 0o600;

export interface Permissions {
  readonly mode: number;
  /** The owner to hand the file to where it is not the program's own user, as under sudo. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/** Tells our temporary files from those of an earlier process with the same id: in a container every start has it. */
const processTag = randomBytes(2).toString('hex');

/**
 * `.config.yaml.4711-8c1f2a90.tmp`: in the target's own folder, since only there a rename is atomic. Files of that name
 * left by a killed process are found by {@link removeLeftovers}.
 */
export function temporaryName(target: string): string {
  // Cheaper than `randomBytes`: Node draws the bytes of many UUIDs in advance.
  const unique = `${process.pid}-${processTag}${randomUUID().slice(0, 4)}`;
  return path.join(path.dirname(target), `${temporaryPrefix(target)}${unique}.tmp`);
}

/** Cut short, so that the longest name a file may have still leaves room for what follows. */
export function temporaryPrefix(target: string): string {
  return `.${path.basename(target).slice(0, 64)}.`;
}

/**
 * Writes `content` to a new file beside `target`, flushed to the disk, ready to be renamed over it.
 * Throws the system error, after removing what was written.
 */
export async function writeBeside(
  target: string,
  content: string | Uint8Array,
  permissions: Permissions,
): Promise<string> {
  const temporary = temporaryName(target);
  const file = await open(temporary, 'wx', permissions.mode);
  try {
    try {
      await file.writeFile(content);
      await file.chmod(permissions.mode);
      if (permissions.owner !== undefined) await file.chown(permissions.owner.uid, permissions.owner.gid);
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return temporary;
}

/** As {@link writeBeside}, synchronous and not flushed: for what is not ours to make durable. */
export function writeBesideSync(target: string, content: Uint8Array, permissions: Permissions): string {
  const temporary = temporaryName(target);
  try {
    writeFileSync(temporary, content, { mode: permissions.mode, flag: 'wx' });
    chmodSync(temporary, permissions.mode);
    if (permissions.owner !== undefined) chownSync(temporary, permissions.owner.uid, permissions.owner.gid);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return temporary;
}

/** Replaces or creates `target` in one step. Throws the system error; `target` is then as before. */
export async function writeAtomically(
  target: string,
  text: string,
  permissions: Permissions = { mode: privateMode },
): Promise<void> {
  const temporary = await writeBeside(target, text, permissions);
  try {
    renameSync(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** As {@link writeAtomically}, synchronous and not flushed, for files of our own. */
export function writeAtomicallySync(target: string, content: Uint8Array): void {
  const temporary = writeBesideSync(target, content, { mode: privateMode });
  try {
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

const temporaryPattern = /\.(\d+)-([0-9a-f]{8})\.tmp$/;

/** Whether a program of this kind gives its temporary files such a name. */
export const isTemporaryName = (name: string): boolean => name.startsWith('.') && temporaryPattern.test(name);

/** Removes what a killed process left beside `target`. Files of processes still running are left alone. */
export function removeLeftovers(target: string): void {
  removeLeftoversIn(path.dirname(target), temporaryPrefix(target));
}

/** The same for all targets in a folder, or those whose temporary names begin with `prefix`. */
export function removeLeftoversIn(folder: string, prefix = '.'): void {
  for (const name of readdirSync(folder)) {
    const [, pid, unique] = (name.startsWith(prefix) && temporaryPattern.exec(name)) || [];
    if (pid === undefined || unique === undefined) continue;
    const isInUse = Number(pid) === process.pid ? unique.startsWith(processTag) : isRunning(Number(pid));
    if (!isInUse) rmSync(path.join(folder, name), { force: true });
  }
}
