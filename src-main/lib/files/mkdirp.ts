// Creates a directory with its parents.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Does nothing where the directory exists. Throws the system error. Node's own `recursive` never returns where the system
 * reports ENOENT although the parent exists, as in `/proc`.
 */
export function mkdirp(directory: string, mode = 0o700): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = path.dirname(directory);
  if (!existsSync(parent)) mkdirp(parent, mode);
  mkdirSync(directory, { mode });
}
