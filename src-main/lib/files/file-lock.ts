// Locks between processes. The lock of a process that was killed is taken over.
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryPrefix } from './atomic-file.ts';
import { createLock, type FoundLock, findLock, releaseLock, renewLock, takeAway, takeoverSuffix } from './lock-file.ts';

export interface LockOptions {
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds to wait at most. Default: without end. */
  readonly timeoutMs?: number;
}

/** Somebody else held the lock for all of `timeoutMs`. */
export class LockTimeout extends Error {}

const suffix = '.lock';
/** The holder renews the time of its lock this often, for those who cannot look its process up. In milliseconds. */
const heartbeatMs = 5_000;
/** A lock of an unknown process is taken over once it was not renewed for so long while we waited. In milliseconds. */
const maxSilenceMs = 30_000;
/** A lock that names nobody: it is written in one step, so its process was killed in between. In milliseconds. */
const maxUnreadableMs = 2_000;
/** At a start, locks of unknown processes are removed when they were not renewed for so long. In milliseconds. */
const abandonedMs = 3_600_000;
const maxPollMs = 50;
/** Tries after an error that passes by itself. */
const maxPassing = 40;

/** Whether a lock has such a name. */
export const isLockName = (name: string): boolean =>
  name.startsWith('.') && (name.endsWith(suffix) || name.endsWith(suffix + takeoverSuffix));

/** The lock that belongs to a file: `.config.yaml.lock` beside it. */
export function lockOf(target: string): string {
  return path.join(path.dirname(target), `${temporaryPrefix(target).slice(0, -1)}${suffix}`);
}

/**
 * Runs `task` while no other process, and nobody else in this one, holds the lock. In a directory where no file can be
 * made the task runs without it. Throws what the task throws, {@link LockTimeout}, the signal's reason, the system error.
 */
export async function withLock<T>(lock: string, task: () => Promise<T> | T, options: LockOptions = {}): Promise<T> {
  const id = await acquire(lock, options);
  if (id === undefined) return task();
  const heartbeat = setInterval(() => renewLock(lock), heartbeatMs).unref();
  try {
    return await task();
  } finally {
    clearInterval(heartbeat);
    releaseLock(lock, id);
  }
}

/** Removes locks of killed processes from a directory. Throws the system error when it cannot be read. */
export function removeDeadLocks(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (!isLockName(name)) continue;
    const lock = path.join(directory, name);
    const found = findLock(lock);
    const isSilent = found?.holder === 'unknown' && Date.now() - found.renewed > abandonedMs;
    // A file that names no holder may be the lock of some other program.
    if (found !== undefined && (found.holder === 'dead' || isSilent)) takeAway(lock, found);
  }
}

/** The id of the lock; `undefined` where there is no place for one. */
async function acquire(lock: string, { signal, timeoutMs = Infinity }: LockOptions): Promise<string | undefined> {
  const id = randomUUID();
  const began = performance.now();
  let known: FoundLock | undefined;
  let knownSince = began;
  let passing = 0;
  for (let pollMs = 1; ; pollMs = Math.min(pollMs * 1.5, maxPollMs)) {
    signal?.throwIfAborted();
    const result = createLock(lock, id);
    if (result === 'made') return id;
    if (result === 'passing') passing += 1;
    if (result === 'no-place' || passing > maxPassing) return undefined;
    const found = findLock(lock);
    const now = performance.now();
    if (found?.text !== known?.text || found?.renewed !== known?.renewed) {
      known = found;
      knownSince = now;
    }
    if (found !== undefined && isNobodys(found, now - knownSince) && takeAway(lock, found)) continue;
    if (now - began > timeoutMs) throw new LockTimeout(`${path.basename(lock)} is held by another program`);
    // Two who wait must not look at the same moments. An abort is told at the top of the loop.
    await delay(pollMs * (0.5 + Math.random()), undefined, signal && { signal }).catch(() => {});
  }
}

/** Whether a lock that has not changed for so long has no holder. */
function isNobodys({ holder }: FoundLock, silentMs: number): boolean {
  if (holder === 'unreadable') return silentMs > maxUnreadableMs;
  return holder === 'dead' || (holder === 'unknown' && silentMs > maxSilenceMs);
}
