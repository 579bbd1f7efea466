// A PostgreSQL server for tests, with nothing installed on the machine.
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { Postgres } from '../conformance/team/lib/postgres.mjs';
import { preparePrograms } from './postgres-programs.ts';

const root = path.resolve(import.meta.dirname, '../..');

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
