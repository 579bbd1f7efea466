// What `~` means at the start of a path.
import os from 'node:os';
import path from 'node:path';

/** An absolute path: `~`, `~/x`, `~\x` and `~x` all start at the home folder, others at the working directory. */
export function resolveHome(file: string, home: string = os.homedir()): string {
  return file.startsWith('~') ? path.resolve(home, file.slice(1).replace(/^[/\\]+/, '')) : path.resolve(file);
}
