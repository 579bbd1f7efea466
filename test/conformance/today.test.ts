// What a config, accounts and models of 2026 need, played as calls of the Management API on a server of its own each.
import { everyNth, readCases, testKit, writeCases } from './kit.ts';

const cases = readCases<readonly { readonly name: string }[]>('today/cases/management.json');
const names = cases.map(({ name }) => name);

testKit({
  name: 'today',
  runner: 'run-cases.mjs',
  cases: names,
  sample: everyNth(names, 8),
  args: (chosen, folder) => [writeCases(folder, 'cases.json', cases.filter(({ name }) => chosen.includes(name)))],
  timeoutMs: 300_000,
});
