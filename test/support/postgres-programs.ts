// The programs of a PostgreSQL server out of a package, where they can be run.
import { chmodSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nativeFolder } from '../conformance/team/lib/postgres.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Has the server's programs lie where they can be run. The server does not run as root, so that a user of the machine
 * takes its place, which may not read the folder of a checkout: then they are copied. Returns what removes the copy.
 */
export function preparePrograms(): () => void {
  const { bin } = nativeFolder(root);
  if (process.getuid?.() !== 0 || process.env.TEAM_PG_BIN !== undefined || isOpenToAll(bin)) return () => {};
  const copy = mkdtempSync(path.join(tmpdir(), 'postgres-'));
  chmodSync(copy, 0o755);
  cpSync(path.dirname(bin), path.join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  process.env.TEAM_PG_BIN = path.join(copy, 'native/bin');
  return () => {
    delete process.env.TEAM_PG_BIN;
    rmSync(copy, { recursive: true, force: true });
  };
}

const otherMayEnter = 0o005;

function isOpenToAll(folder: string): boolean {
  for (let at = folder; at !== path.dirname(at); at = path.dirname(at))
    if ((statSync(at).mode & otherMayEnter) !== otherMayEnter) return false;
  return true;
}
