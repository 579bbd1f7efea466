// What a config, accounts and models of 2026 need: failed starts, reloads, TLS, restarts, mounts, sign-ins.
import { holdLoginPorts } from '../support/login-ports.ts';
import { everyNth, readCases, testKit, writeCases } from './kit.ts';

const cases = readCases<readonly { readonly name: string }[]>('today/cases/scenarios.json');
const names = cases.map(({ name }) => name);

holdLoginPorts();
testKit({
  name: 'today-scenarios',
  runner: 'today/run-today.mjs',
  cases: names,
  sample: everyNth(names, 8),
  args: (chosen, folder) => [writeCases(folder, 'cases.json', cases.filter(({ name }) => chosen.includes(name)))],
  timeoutMs: 600_000,
});
