// A PostgreSQL server for tests, with nothing installed on the machine.
import { chmodSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { nativeFolder, Postgres } from '../conformance/team/lib/postgres.mjs';

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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** One server for a test file; gives an address with a schema that is new each time. */
export function postgresServer(): { readonly newUrl: () => string } {
  let server: Postgres;
  let removePrograms = () => {};
  let count = 0;
  beforeAll(async () => {
    removePrograms = preparePrograms();
    server = new Postgres({ from: root, port: await freePort(), settings: { fsync: 'off' } });
    await server.create();
    await server.start();
  });
  afterAll(async () => {
    await server.stop('immediate');
    server.remove();
    removePrograms();
  });
  return {
    newUrl: () => {
      count += 1;
      return `${server.urlOf('postgres')}?schema=test_${count}&connections=3`;
    },
  };
}
