// Creating a folder with its parents.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Does nothing where the folder is there. Throws the system error. Node's own `recursive` never returns where the system
 * says ENOENT although the parent exists, as in `/proc`.
 */
export function mkdirp(folder: string, mode = 0o700): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = path.dirname(folder);
  if (!existsSync(parent)) mkdirp(parent, mode);
  mkdirSync(folder, { mode });
}
