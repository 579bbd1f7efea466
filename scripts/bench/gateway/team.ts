// What a shared PostgreSQL costs each request, and what four instances answer together.
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { nativeFolder, Postgres } from '../../../test/conformance/team/lib/postgres.mjs';
import { preparePrograms } from '../../../test/support/postgres-programs.ts';
import { type Figure, type Measurement, median } from '../figures.ts';
import { Connection, saturate } from '../http-load.ts';
import { freePort, type Subject } from '../processes.ts';
import { chatRequest, clientKey, startGateway, startUpstream } from './subjects.ts';

const rounds = 5;
const perRound = 300;
const rateMs = 3_000;
const connections = 64;
const root = path.resolve(import.meta.dirname, '../../..');
const policy = `client-policies: [{ api-key: ${clientKey}, limits: [{ requests: 100000000, per: month }] }]\n`;

/** The median of one request after the other, in milliseconds. */
async function medianOf({ port }: Subject, bytes: Buffer): Promise<number> {
  const connection = await Connection.open(port);
  const spent: number[] = [];
  for (let index = 0; index < perRound; index += 1) {
    const started = performance.now();
    await connection.request(bytes);
    spent.push(performance.now() - started);
  }
  connection.close();
  return median(spent);
}

/** Of each, in turns: whatever else the machine does meets all alike. */
async function mediansOf(subjects: readonly Subject[], bytes: Buffer): Promise<readonly number[]> {
  const all = subjects.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1)
    for (const [index, subject] of subjects.entries()) {
      const value = await medianOf(subject, bytes);
      if (round > 0) all[index]?.push(value);
    }
  return all.map(median);
}

/** Requests a second of all of them together. */
async function rateOf(subjects: readonly Subject[], bytes: Buffer): Promise<number> {
  const each = { bytes, connections: connections / subjects.length };
  const until = (_: number, spent: number) => spent >= rateMs;
  const rates = await Promise.all(subjects.map(({ port }) => saturate({ ...each, port, until })));
  return rates.reduce((sum, rate) => sum + rate, 0);
}

export const team: Measurement = {
  title: 'Gateway: several instances on a PostgreSQL of this machine',
  async run() {
    const removePrograms = preparePrograms();
    nativeFolder(root);
    const database = new Postgres({ from: root, port: await freePort() });
    await database.create();
    await database.start();
    process.env.CLI_PROXY_DATABASE_KEY = randomBytes(32).toString('base64');
    const args = (schema: string) => ['--database', `${database.urlOf('postgres')}?schema=${schema}`];
    const upstream = await startUpstream();
    const gateways: Subject[] = [];
    const start = async (config: string, schema?: string) => {
      const gateway = await startGateway(upstream, config, schema === undefined ? {} : { args: args(schema) });
      gateways.push(gateway);
      return gateway;
    };
    try {
      const bytes = chatRequest('fast');
      const alone = await start('');
      const plain = await start('', 'plain');
      const limited = await start(policy, 'limited');
      const [base = 1, shared = 1, counted = 1] = await mediansOf([alone, plain, limited], bytes);
      const four = [plain, await start('', 'plain'), await start('', 'plain'), await start('', 'plain')];
      await rateOf(four, bytes);
      const pairs: { readonly one: number; readonly all: number }[] = [];
      for (let round = 0; round < 3; round += 1)
        pairs.push({ one: await rateOf([plain], bytes), all: await rateOf(four, bytes) });
      const note = `${base.toFixed(3)} ms without a database`;
      const figures: Figure[] = [
        { name: 'a database, nothing counted, median', value: shared - base, unit: 'ms', goal: { atMost: 0.1 }, note },
        { name: 'a database and a limit, median', value: counted - base, unit: 'ms', goal: { atMost: 1 }, note },
        {
          name: 'four instances, of the rate of one',
          value: median(pairs.map(({ one, all }) => all / one)),
          goal: { atLeast: 1 },
          note: `${median(pairs.map(({ all }) => all)).toFixed(0)}/s; as many as there are cores can be gained`,
        },
      ];
      return figures;
    } finally {
      await Promise.all([...gateways.map((gateway) => gateway.stop()), upstream.stop()]);
      await database.stop('immediate');
      database.remove();
      removePrograms();
    }
  },
};
