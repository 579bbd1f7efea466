// The recorded calls of the Management API, each on a server of its own. Those that open login ports: oauth.test.ts.
import { everyNth, readCases, testKit, writeCases } from './kit.ts';

interface Case {
  readonly name: string;
  readonly area: string;
}

const cases = readCases<readonly Case[]>('management.json').filter(({ area }) => area !== 'oauth');
const names = cases.map(({ name }) => name);

testKit({
  name: 'management',
  runner: 'run-cases.mjs',
  cases: names,
  sample: everyNth(names, 12),
  args: (chosen, folder) => [writeCases(folder, 'cases.json', cases.filter(({ name }) => chosen.includes(name)))],
  timeoutMs: 600_000,
});
