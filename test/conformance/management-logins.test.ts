// The recorded calls of the Management API that start logins: their callback ports exist once on a machine.
import { holdLoginPorts } from '../support/login-ports.ts';
import { everyNth, readCases, testKit, writeCases } from './kit.ts';

interface Case {
  readonly name: string;
  readonly area: string;
}

const cases = readCases<readonly Case[]>('management.json').filter(({ area }) => area === 'oauth');
const names = cases.map(({ name }) => name);

holdLoginPorts();
testKit({
  name: 'management-logins',
  runner: 'run-cases.mjs',
  cases: names,
  sample: everyNth(names, 4),
  args: (chosen, folder) => [writeCases(folder, 'cases.json', cases.filter(({ name }) => chosen.includes(name)))],
  timeoutMs: 300_000,
});
