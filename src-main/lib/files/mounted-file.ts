// A file that is a mount of its own, as containers have it: it has a name that no other file can be renamed to.
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** rename(2): EBUSY for a mount point; EXDEV where the mount is told from its directory by the device. */
const ofMounts = process.platform === 'win32' ? [] : ['EBUSY', 'EXDEV'];

/**
 * Renames `temporary` to `target`. Where that is a mount point, `content`, the same as in `temporary`, is written into it
 * instead, flushed to the disk; then a kill may leave half of it. Whether it was renamed. Throws the system error; the
 * target is then as before, unless its disk fails. `temporary` is gone only after success.
 */
export function renameOrWriteInPlace(temporary: string, target: string, content: Uint8Array): boolean {
  try {
    renameSync(temporary, target);
    return true;
  } catch (error) {
    if (!ofMounts.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const before = readFileSync(target);
  const handle = openSync(target, 'r+');
  try {
    put(handle, content);
  } catch (error) {
    // No space is needed for what was there.
    put(handle, before);
    throw error;
  } finally {
    closeSync(handle);
  }
  return false;
}

/** In one write as a rule, so that readers see the old or the new content. */
function put(handle: number, content: Uint8Array): void {
  for (let at = 0; at < content.length; ) at += writeSync(handle, content, at, content.length - at, at);
  ftruncateSync(handle, content.length);
  fsyncSync(handle);
}
