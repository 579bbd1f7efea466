// A lock file: made in one step, it names its holder; one of a process that was killed can be taken away.
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { isObject } from '../../../src-shared/json.ts';
import { privateMode } from './atomic-file.ts';
import { type Liveness, livenessOf, ownIdentity, type ProcessIdentity } from './process-identity.ts';

interface Holder extends ProcessIdentity {
  /** Different for every lock that is taken. */
  readonly id: string;
}

/** A lock as it was found. */
export interface FoundLock {
  readonly text: string;
  /** Of the holder; `unreadable`: the file names nobody. */
  readonly holder: Liveness | 'unreadable';
  /** Milliseconds since the epoch by the clock of the disk. */
  readonly renewed: number;
}

export const takeoverSuffix = '.takeover';
/** A guard is held for microseconds; one that names nobody and is this old was left by a killed process. In milliseconds. */
const maxGuardMs = 2_000;
/** The same for one of a process of another computer. */
const maxForeignGuardMs = 30_000;

/** Errors of a place where no file can be made: a write there fails with better words of its own. */
const noPlace = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EFBIG', 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG'];
/** Windows gives these for a moment for the name of a file that was just deleted. */
const passing = process.platform === 'win32' ? ['EACCES', 'EPERM', 'EBUSY'] : [];
/** With these the name exists, and its content does not. */
const halfMade = ['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'];

/** The ids of locks that this process holds. */
const held = new Set<string>();

/** Whether the lock was made: `taken` is worth another try, `no-place` is not. Throws other system errors. */
export function createLock(lock: string, id: string): 'made' | 'taken' | 'passing' | 'no-place' {
  try {
    writeFileSync(lock, JSON.stringify({ ...ownIdentity, id } satisfies Holder), { flag: 'wx', mode: privateMode });
    held.add(id);
    return 'made';
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return 'taken';
    if (halfMade.includes(code)) rmSync(lock, { force: true });
    if (passing.includes(code)) return 'passing';
    if (noPlace.includes(code)) return 'no-place';
    throw error;
  }
}

/** `undefined` when there is no lock that can be read. */
export function findLock(lock: string): FoundLock | undefined {
  try {
    const text = readFileSync(lock, 'utf8');
    return { text, holder: holderState(holderIn(text)), renewed: statSync(lock).mtimeMs };
  } catch {
    // As a rule it was removed just before.
    return undefined;
  }
}

/** Tells those who cannot look up our process that it is still there. */
export function renewLock(lock: string): void {
  const now = new Date();
  try {
    utimesSync(lock, now, now);
  } catch {
    // The directory is gone, and the lock with it.
  }
}

/** A lock that cannot be removed, because its directory was closed to us, is nobody's once its id is forgotten. */
export function releaseLock(lock: string, id: string): void {
  try {
    if (holderIn(readFileSync(lock, 'utf8'))?.id === id) rmSync(lock, { force: true });
  } catch {
    // It is gone, or stays as one of no holder.
  } finally {
    held.delete(id);
  }
}

/**
 * Removes a lock that is nobody's, unless it has become somebody's by then; whether it did. Without the second lock,
 * one of two processes that do this could remove what the other has just made.
 */
export function takeAway(lock: string, found: FoundLock): boolean {
  if (lock.endsWith(takeoverSuffix)) return removeLeftGuard(lock);
  const guard = lock + takeoverSuffix;
  const id = randomUUID();
  if (createLock(guard, id) !== 'made') {
    removeLeftGuard(guard);
    return false;
  }
  try {
    if (findLock(lock)?.text !== found.text) return false;
    rmSync(lock, { force: true });
    return true;
  } finally {
    releaseLock(guard, id);
  }
}

/** The clock of a network disk may differ from ours, so what a living process of ours holds is never old. */
function removeLeftGuard(guard: string): boolean {
  const found = findLock(guard);
  if (found === undefined || found.holder === 'running') return false;
  const ageMs = Math.abs(Date.now() - found.renewed);
  if (found.holder !== 'dead' && ageMs <= (found.holder === 'unknown' ? maxForeignGuardMs : maxGuardMs)) return false;
  rmSync(guard, { force: true });
  return true;
}

function holderState(holder: Holder | undefined): FoundLock['holder'] {
  if (holder === undefined) return 'unreadable';
  const isOwn = holder.machine === ownIdentity.machine && holder.pid === ownIdentity.pid;
  if (isOwn) return held.has(holder.id) ? 'running' : 'dead';
  return livenessOf(holder);
}

function holderIn(text: string): Holder | undefined {
  let holder: unknown;
  try {
    holder = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(holder)) return undefined;
  const { pid, machine, started, id } = holder;
  if (typeof pid !== 'number' || typeof machine !== 'string') return undefined;
  return typeof started === 'string' && typeof id === 'string' ? { pid, machine, started, id } : undefined;
}
